package dealbrain.http;

/**
 * A thing whose stored state has a version that each change moves. Its entity tag begins with it, so that {@code If-Match}
 * asks whether the thing itself changed, and not whether something did that it only shows.
 */
public interface VersionedResource {
    long version();
}

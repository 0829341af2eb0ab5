package dealbrain.http;

/**
 * A resource whose stored state has a version, which every change increments. Its entity tag starts with the version,
 * so that {@code If-Match} compares the state of the resource itself, without the related resources in its
 * representation.
 */
public interface VersionedResource {
    long version();
}

package dealbrain.json;

/**
 * A value that often occurs several times in one body, as the same object. {@link Json#bytes} writes it once and then
 * copies the bytes. Its JSON must be an object, and the same at every place.
 */
public interface SharedValue {}

package dealbrain.json;

/**
 * A value that often stands many times in one answer, each time as the very same object. Its JSON, which must be an object and
 * the same everywhere, is made once for an answer and then copied.
 */
public interface SharedValue {}

package dealbrain.transfer;

import dealbrain.json.Json;

/** The limits of a file. An import accepts no more, and an export writes no more into one file. */
final class FileLimits {
    static final int MAX_ITEMS = 10_000;
    static final int MAX_BYTES = 8 << 20;
    static final int MAX_TOKENS = Json.MAX_TOKENS;

    private FileLimits() {}
}

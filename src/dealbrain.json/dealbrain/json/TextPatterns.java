package dealbrain.json;

/** Rules for texts that many inputs share, for {@code @Pattern} and {@code @JsonPropertyDescription}. */
public final class TextPatterns {
    /** Matches texts that are not blank, and the empty text, which the minimum length rejects with its own error. */
    public static final String NOT_BLANK = "^$|\\S";

    /** {@link #NOT_BLANK} in words, as they follow "must be". */
    public static final String NOT_BLANK_TEXT = "a text that is not blank";

    private TextPatterns() {}
}

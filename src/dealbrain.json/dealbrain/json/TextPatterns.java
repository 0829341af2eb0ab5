package dealbrain.json;

/** The rules of texts that many inputs share, for {@code @Pattern} and {@code @JsonPropertyDescription}. */
public final class TextPatterns {
    /** A pattern for texts that show something; of an empty one the length complains already. */
    public static final String NOT_BLANK = "^$|\\S";

    /** The same in words, as they stand behind "must be". */
    public static final String NOT_BLANK_TEXT = "a text that is not blank";

    private TextPatterns() {}
}

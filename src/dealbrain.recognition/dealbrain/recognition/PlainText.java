package dealbrain.recognition;

/** Texts from pages as they can be stored: one line, without control characters and unpaired surrogates. */
final class PlainText {
    private PlainText() {}

    /** Returns a text on one line with at most {@code max} characters, not cut within a character. */
    static String shortened(String text, int max) {
        StringBuilder kept = new StringBuilder();
        int length = Math.min(text.length(), 4 * max);
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isBlank(c)) {
                if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
                    kept.append(' ');
                }
            } else if (Character.getType(c) != Character.SURROGATE && kept.length() + Character.charCount(c) <= max) {
                kept.appendCodePoint(c);
            }
        }
        return kept.substring(0, Math.min(max, kept.length())).strip();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c);
    }
}

package dealbrain.recognition;

/**
 * Cuts a page where it has more tags, or a tag more attributes, than pages of offers have. Each of them costs more than
 * its length.
 */
final class PageLimits {
    private static final int MAX_TAGS = 12_000;
    private static final int MAX_ATTRIBUTES = 200;
    private static final int MAX_REFERENCES = 10_000;

    private final String html;
    private int tags;
    private int references;

    private PageLimits(String html) {
        this.html = html;
    }

    /** Returns the page, or its start up to where it exceeds a limit. */
    static String apply(String html) {
        return html.substring(0, new PageLimits(html).end());
    }

    private int end() {
        int i = 0;
        while (i < html.length()) {
            char c = html.charAt(i);
            if (c == '<') {
                tags++;
                boolean isTag = i + 1 < html.length() && Character.isLetter(html.charAt(i + 1));
                int next = isTag ? endOfTag(i) : i + 1;
                if (tags > MAX_TAGS || next < 0) {
                    return i;
                }
                i = isTag && isRaw(i) ? endOfRaw(next) : next;
            } else {
                references += c == '&' ? 1 : 0;
                if (references > MAX_REFERENCES) {
                    return i;
                }
                i++;
            }
        }
        return html.length();
    }

    /** Returns the place after a tag; -1 if it has too many attributes. */
    private int endOfTag(int start) {
        int attributes = 0;
        char quote = 0;
        for (int i = start + 1; i < html.length(); i++) {
            char c = html.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '>') {
                return i + 1;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if ((c == '=' || Character.isWhitespace(c)) && ++attributes > MAX_ATTRIBUTES) {
                return -1;
            }
        }
        return html.length();
    }

    /** Returns whether what follows a tag is no HTML: "i&lt;n" in a script is no tag. */
    private boolean isRaw(int start) {
        return html.regionMatches(true, start + 1, "script", 0, 6)
                || html.regionMatches(true, start + 1, "style", 0, 5);
    }

    private int endOfRaw(int start) {
        int end = html.indexOf("</", start);
        return end < 0 ? html.length() : end;
    }
}

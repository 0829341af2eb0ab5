package dealbrain.profiling;

/**
 * A statement with the placeholders of PostgreSQL ({@code $1}, {@code $2}) in the place of those of JDBC ({@code ?}).
 *
 * @param count how many there are
 */
record Placeholders(String sql, int count) {
    /** Reads a text for JDBC, where {@code ??} stands for PostgreSQL's operator {@code ?}. */
    static Placeholders numbered(String sql) {
        StringBuilder out = new StringBuilder(sql.length() + 16);
        int count = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"') {
                int end = sql.indexOf(c, i + 1); // a doubled quote ends one text and begins the next
                end = end < 0 ? sql.length() - 1 : end;
                out.append(sql, i, end + 1);
                i = end;
            } else if (c == '?' && sql.startsWith("??", i)) {
                out.append('?');
                i++;
            } else if (c == '?') {
                count++;
                out.append('$').append(count);
            } else {
                out.append(c);
            }
        }
        return new Placeholders(out.toString(), count);
    }
}

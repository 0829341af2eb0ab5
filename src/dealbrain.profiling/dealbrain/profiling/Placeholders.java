package dealbrain.profiling;

/** Writes the placeholders of JDBC ({@code ?}) as those of PostgreSQL ({@code $1}, {@code $2}), and {@code ??} as the operator it stands for. */
final class Placeholders {
    private Placeholders() {
    }

    static String numbered(String sql) {
        StringBuilder out = new StringBuilder(sql.length() + 16);
        int number = 0;
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
                out.append('$').append(++number);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

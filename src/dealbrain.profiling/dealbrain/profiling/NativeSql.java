package dealbrain.profiling;

/**
 * A statement in PostgreSQL's own syntax, with {@code $1}, {@code $2} in place of the JDBC placeholders {@code ?}.
 *
 * @param parameters the number of placeholders
 */
record NativeSql(String text, int parameters) {
    /** Converts a JDBC statement, in which {@code ??} stands for PostgreSQL's operator {@code ?}. */
    static NativeSql of(String jdbcSql) {
        StringBuilder out = new StringBuilder(jdbcSql.length() + 16);
        int parameters = 0;
        for (int i = 0; i < jdbcSql.length(); i++) {
            char c = jdbcSql.charAt(i);
            if (c == '\'' || c == '"') { // copy literals and quoted identifiers: a ? in them is no placeholder
                int end = jdbcSql.indexOf(c, i + 1); // a doubled quote ends one literal and starts the next
                end = end < 0 ? jdbcSql.length() - 1 : end;
                out.append(jdbcSql, i, end + 1);
                i = end;
            } else if (c == '?' && jdbcSql.startsWith("??", i)) {
                out.append('?');
                i++;
            } else if (c == '?') {
                parameters++;
                out.append('$').append(parameters);
            } else {
                out.append(c);
            }
        }
        return new NativeSql(out.toString(), parameters);
    }
}

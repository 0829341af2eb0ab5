package dealbrain.database;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The table with the {@link Words} of the rows of another table (sql/0011-words.sql). Statements that insert or change
 * a row write its words too. Rows that were written without words get them by {@link #fill}.
 */
public final class WordsTable {
    private static final int BATCH = 1000;

    /** The words of one text that has none yet. */
    private record Missing(long id, String text) {}

    private final String name;
    private final String source;

    /**
     * @param table  the name of the table with the texts
     * @param source the expression for the text of a row, the same as in the migration
     */
    public WordsTable(String table, String source) {
        this.name = table + "_words";
        this.source = source;
    }

    /** Returns the name of the table with the words. */
    String name() {
        return name;
    }

    /**
     * Returns a statement for WITH, which writes the words of the rows of {@code written}. The parameter {@code :words}
     * is the JSON of {@link #vectors} for the texts; a text that is not among them is left to {@link #fill}.
     */
    public String store(String written) {
        return "stored_words AS (INSERT INTO " + name + " (id, text, words) SELECT id, " + source
                // the subquery parses the words of all rows once, not again for each row
                + ", cast((SELECT cast(:words AS jsonb)) ->> (" + source + ") AS tsvector) FROM " + written
                + " ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = excluded.words"
                + " WHERE " + name + ".text <> excluded.text OR " + name + ".words IS NULL)";
    }

    /** Returns the words of each text. */
    public static Map<String, String> vectors(Collection<String> texts) {
        Map<String, String> vectors = new HashMap<>();
        texts.forEach(text -> vectors.computeIfAbsent(text, Words::vector));
        return vectors;
    }

    /**
     * Adds the words of rows that have none, in batches of one transaction each. Skips rows that another transaction
     * has locked: another instance is filling them. Returns the number of filled rows.
     */
    public int fill(Jdbi jdbi) {
        int filled = 0;
        List<Long> batch = List.of();
        do {
            long last = batch.isEmpty() ? Long.MIN_VALUE : batch.getLast(); // the index still has the rows before
            batch = Transactions.inTransaction(jdbi, () -> jdbi.withHandle(handle -> fillBatch(handle, last)));
            filled += batch.size();
        } while (batch.size() == BATCH);
        return filled;
    }

    /** Returns the ids of the filled rows, in their order. */
    private List<Long> fillBatch(Handle handle, long last) {
        List<Missing> missing = handle.createQuery("SELECT id, text FROM " + name
                        + " WHERE words IS NULL AND id > :last ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED")
                .bind("last", last)
                .bind("batch", BATCH)
                .map((row, _) -> new Missing(row.getLong(1), row.getString(2)))
                .list();
        List<Long> ids = missing.stream().map(Missing::id).toList();
        if (!ids.isEmpty()) {
            handle.createUpdate("UPDATE " + name + " stored SET words = cast(filled.words AS tsvector)"
                            + " FROM unnest(:ids, :words) AS filled (id, words) WHERE stored.id = filled.id")
                    .bindArray("ids", Long.class, ids)
                    .bindArray(
                            "words",
                            String.class,
                            missing.stream()
                                    .map(each -> Words.vector(each.text()))
                                    .toList())
                    .execute();
        }
        return ids;
    }
}

package dealbrain.listings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.database.RepeatedByDesign;
import dealbrain.database.Transactions;
import dealbrain.database.Words;
import dealbrain.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code listing_words}: the {@link Words} of each listing's texts and of the names of its CPU and GPU, and
 * the values of the other filters (sql/0017-lists-of-listings.sql). Statements that insert or change a listing write
 * its words too. Triggers record in {@code outdated_words} which listings have got another text in another way, such as
 * by a new name of a CPU; {@link #fill} then replaces their words.
 */
final class ListingWords {
    private static final int BATCH = 1000;

    private static final String OWN_TEXT = "listing_text(l.title, l.device_model, l.manufacturer, l.series)";
    private static final String TEXT = OWN_TEXT + " || coalesce(' ' || cpu.name, '') || coalesce(' ' || gpu.name, '')";

    /**
     * A statement for WITH, which writes the words of the rows of {@code l}. The parameter {@code :words} is the result
     * of {@link #vectors} for them. The words are null, and left to {@link #fill}, if those of a part are not known.
     */
    static final String STORE =
            "stored_words AS (INSERT INTO listing_words AS stored (id, text, facets, words) SELECT l.id, "
                    + TEXT + ", listing_facets(l.owner_id, l.status, l.condition, l.cpu_id, l.gpu_id, l.price_usd),"
                    + " cast(cast(:words AS jsonb) ->> " + OWN_TEXT + " AS tsvector)"
                    + partWords("cpu") + partWords("gpu")
                    + " FROM l LEFT JOIN cpu ON cpu.id = l.cpu_id LEFT JOIN cpu_words ON cpu_words.id = l.cpu_id"
                    + " LEFT JOIN gpu ON gpu.id = l.gpu_id LEFT JOIN gpu_words ON gpu_words.id = l.gpu_id"
                    + " ON CONFLICT (id) DO UPDATE"
                    + " SET text = excluded.text, facets = excluded.facets, words = excluded.words"
                    + " WHERE stored.text <> excluded.text OR stored.facets <> excluded.facets"
                    + " OR stored.words IS NULL)";

    private static final String TAKE_OUTDATED = """
            WITH taken AS (
                 DELETE FROM outdated_words WHERE id = ANY(ARRAY(
                        SELECT id FROM outdated_words ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED))
                 RETURNING listing_id)
            SELECT w.id, w.text AS old_text,\s""" + TEXT + " AS text, " + OWN_TEXT
            + " AS own_text, cpu.name AS cpu_name, gpu.name AS gpu_name"
            + " FROM (SELECT DISTINCT listing_id FROM taken) taken"
            + " LEFT JOIN listing l ON l.id = taken.listing_id LEFT JOIN listing_words w ON w.id = l.id"
            + " LEFT JOIN cpu ON cpu.id = l.cpu_id LEFT JOIN gpu ON gpu.id = l.gpu_id";

    /** A text that another transaction has changed in the meantime is outdated again. */
    private static final String REPLACE = """
            UPDATE listing_words w SET text = new.text, words = cast(new.words AS tsvector)
              FROM unnest(:ids, :oldTexts, :texts, :words) AS new (id, old_text, text, words)
             WHERE w.id = new.id AND w.text = new.old_text
            """;

    /** A listing with the text of its words, and the present text as a whole and in parts. */
    record Outdated(
            long id,
            String oldText,
            String text,
            String ownText,
            @Nullable String cpuName,
            @Nullable String gpuName) {
        String words() {
            return Stream.of(ownText, cpuName, gpuName).map(Words::vector).collect(Collectors.joining(" "));
        }
    }

    private ListingWords() {}

    private static String partWords(String table) {
        return " || CASE WHEN l." + table + "_id IS NULL THEN '' ELSE " + table + "_words.words END";
    }

    /** Returns the JSON for {@link #STORE}: the words of each listing's texts. */
    static String vectors(Stream<String> texts) {
        Map<String, String> vectors = new HashMap<>();
        texts.forEach(text -> vectors.computeIfAbsent(text, Words::vector));
        return Json.text(vectors);
    }

    /** Returns the texts of a listing that searches find it by, as the SQL function {@code listing_text}. */
    static String text(
            String title, @Nullable String deviceModel, @Nullable String manufacturer, @Nullable String series) {
        return Stream.of(title, deviceModel, manufacturer, series)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    /** As {@link #text(String, String, String, String)}, for the members of a {@link ListingInput}. */
    static String text(ObjectNode input) {
        return text(
                input.get("title").asText(),
                textOrNull(input, "device_model"),
                textOrNull(input, "manufacturer"),
                textOrNull(input, "series"));
    }

    private static @Nullable String textOrNull(ObjectNode input, String member) {
        return input.path(member).textValue();
    }

    /** The two statements of a batch, in one transaction. */
    interface OutdatedDao extends SqlObject {
        String BATCH_BY_BATCH = "replaces batch by batch";

        /** Returns empty for a listing that was deleted. */
        @RepeatedByDesign(value = BATCH_BY_BATCH, during = "words")
        default List<Optional<Outdated>> take() {
            return getHandle()
                    .createQuery(TAKE_OUTDATED)
                    .bind("batch", BATCH)
                    .map((row, _) -> outdated(row))
                    .list();
        }

        private static Optional<Outdated> outdated(ResultSet row) throws SQLException {
            long id = row.getLong(1);
            return row.wasNull()
                    ? Optional.empty()
                    : Optional.of(new Outdated(
                            id,
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)));
        }

        @RepeatedByDesign(value = BATCH_BY_BATCH, during = "words")
        default void replace(List<Outdated> outdated) {
            Update update = getHandle()
                    .createUpdate(REPLACE)
                    .bindArray(
                            "ids",
                            Long.class,
                            outdated.stream().map(Outdated::id).toList());
            bind(update, "oldTexts", outdated, Outdated::oldText);
            bind(update, "texts", outdated, Outdated::text);
            bind(update, "words", outdated, Outdated::words);
            update.execute();
        }

        private static void bind(Update update, String name, List<Outdated> rows, Function<Outdated, String> value) {
            update.bindArray(name, String.class, rows.stream().map(value).toList());
        }
    }

    /**
     * Replaces outdated words, in batches of one transaction each. Skips those that another instance is replacing.
     * Returns the number of listings.
     */
    static int fill(Jdbi jdbi) {
        OutdatedDao dao = jdbi.onDemand(OutdatedDao.class);
        int filled = 0;
        List<Optional<Outdated>> taken;
        do {
            taken = Transactions.inTransaction(jdbi, () -> fillBatch(dao));
            filled += (int) taken.stream().filter(Optional::isPresent).count();
        } while (!taken.isEmpty());
        return filled;
    }

    private static List<Optional<Outdated>> fillBatch(OutdatedDao dao) {
        List<Optional<Outdated>> taken = dao.take();
        List<Outdated> outdated = taken.stream().flatMap(Optional::stream).toList();
        if (!outdated.isEmpty()) {
            dao.replace(outdated);
        }
        return taken;
    }
}

package dealbrain.catalog;

import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import dealbrain.http.VersionedResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on the tables of parts; each method is one statement. */
interface PartDao extends SqlObject {
    String BATCH_BY_BATCH = "normalises batch by batch";

    /** A part that is about to be changed; {@code input} is its input form as JSON. */
    record LockedPart(long version, String input) implements VersionedResource {}

    /**
     * What parts are found by, as JSON.
     *
     * @param words the result of {@link dealbrain.database.WordsTable#vectors} for the names or labels
     * @param names the result of {@link PartNames#forms} for them
     */
    record Texts(String words, String names) {}

    /** A stored name that may be meant by the given one with a number; {@code match} says why. */
    record FoundName(int number, String match, long id, String name, String key) {}

    /** A stored name and its normalised form. */
    record KeyedName(long id, String name, String key) {}

    /** A part whose name is not normalised yet. */
    record MissingName(long id, String name) {}

    private static <P extends Part> RowMapper<P> mapper(PartKind<P, ?> kind) {
        return (row, _) -> kind.columns().read(new ColumnReader(row));
    }

    /** Returns parts after an id, ordered by id; {@code words} is a text search query, null for all parts. */
    default <P extends Part> PagedRows<P> list(
            PartKind<P, ?> kind, @Nullable String words, long afterId, PageRange range) {
        Query query = words == null
                ? getHandle().createQuery(kind.statements().list)
                : getHandle().createQuery(kind.statements().search).bind("words", words);
        return PagedRows.read(query.bind("afterId", afterId), range, kind.columns()::read);
    }

    default <P extends Part> Optional<P> find(PartKind<P, ?> kind, long id) {
        return getHandle()
                .createQuery(kind.statements().find)
                .bind("id", id)
                .map(mapper(kind))
                .findOne();
    }

    /** Locks the row of a part for an update until the end of the transaction. Listings can still refer to it. */
    default Optional<LockedPart> lockToUpdate(PartKind<?, ?> kind, long id) {
        return lock(kind.statements().lockToUpdate, id);
    }

    /** Locks the row of a part for its deletion: from then on no listing can refer to it. */
    default Optional<LockedPart> lockToDelete(PartKind<?, ?> kind, long id) {
        return lock(kind.statements().lockToDelete, id);
    }

    private Optional<LockedPart> lock(String statement, long id) {
        return getHandle()
                .createQuery(statement)
                .bind("id", id)
                .map((row, _) -> new LockedPart(row.getLong(1), row.getString(2)))
                .findOne();
    }

    default <P extends Part> P insert(PartKind<P, ?> kind, String input, Texts texts) {
        return getHandle()
                .createQuery(kind.statements().insert)
                .bind("input", input)
                .bind("words", texts.words())
                .bind("names", texts.names())
                .map(mapper(kind))
                .one();
    }

    default <P extends Part> P update(PartKind<P, ?> kind, long id, String input, Texts texts) {
        return getHandle()
                .createQuery(kind.statements().update)
                .bind("id", id)
                .bind("input", input)
                .bind("words", texts.words())
                .bind("names", texts.names())
                .map(mapper(kind))
                .one();
    }

    default void delete(PartKind<?, ?> kind, long id) {
        getHandle().createUpdate(kind.statements().delete).bind("id", id).execute();
    }

    /** Blocks all other transactions that write parts of this kind or listings, until the end of this one. */
    default void lockTable(PartKind<?, ?> kind) {
        getHandle().execute(kind.statements().lockTable);
    }

    /** Returns the parts whose normalised names are among {@code keys}. */
    default List<KeyedName> findKeys(PartKind<?, ?> kind, Collection<String> keys) {
        return getHandle()
                .createQuery(kind.statements().findKeys)
                .bindArray("keys", String.class, keys.toArray())
                .map((row, _) -> new KeyedName(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Returns the input form of parts as JSON, by their ids. */
    default Map<Long, String> inputs(PartKind<?, ?> kind, List<Long> ids) {
        return getHandle()
                .createQuery(kind.statements().inputs)
                .bindArray("ids", Long.class, ids)
                .map((row, _) -> Map.entry(row.getLong(1), row.getString(2)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Changes parts; {@code inputs} is a JSON array of their complete input forms, with their ids. Keeps their names.
     */
    default void updateAll(PartKind<?, ?> kind, String inputs) {
        getHandle()
                .createUpdate(kind.statements().updateAll)
                .bind("inputs", inputs)
                .execute();
    }

    /** Makes a scoring profile the default, unless there is one. */
    @SqlUpdate("UPDATE scoring_profile SET is_default = true WHERE id = :id"
            + " AND NOT EXISTS (SELECT FROM scoring_profile WHERE is_default)")
    void makeDefaultIfNone(long id);

    /** Inserts the parts that do not exist; {@code inputs} is a JSON array. */
    default void insertMissing(PartKind<?, ?> kind, String inputs, Texts texts) {
        getHandle()
                .createQuery(kind.statements().insertMissing)
                .bind("inputs", inputs)
                .bind("words", texts.words())
                .bind("names", texts.names())
                .mapTo(Long.class)
                .one();
    }

    /** Returns the ids of the parts in the order of {@code inputs}, a JSON array; missing parts have none. */
    default List<Long> findIds(PartKind<?, ?> kind, String inputs) {
        return getHandle()
                .createQuery(kind.statements().findIds)
                .bind("inputs", inputs)
                .mapTo(Long.class)
                .list();
    }

    /** Returns the ids of those of {@code inputs}, a JSON array, that exist, by their index. Locks nothing. */
    default Map<Integer, Long> findStored(PartKind<?, ?> kind, String inputs) {
        return getHandle()
                .createQuery(kind.statements().findStored)
                .bind("inputs", inputs)
                .map((row, _) -> Map.entry(row.getInt(1) - 1, row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the stored names that may be meant by the given ones, by number. */
    default List<FoundName> findNames(PartKind<?, ?> kind, String names) {
        return getHandle()
                .createQuery(kind.statements().names.find)
                .bind("names", names)
                .map((row, _) -> new FoundName(
                        row.getInt(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5)))
                .list();
    }

    /** Returns and locks up to {@code batch} parts after an id whose names are not normalised. */
    @RepeatedByDesign(value = BATCH_BY_BATCH, during = "words")
    default List<MissingName> lockMissingNames(PartKind<?, ?> kind, long last, int batch) {
        return getHandle()
                .createQuery(kind.statements().names.missing)
                .bind("last", last)
                .bind("batch", batch)
                .map((row, _) -> new MissingName(row.getLong(1), row.getString(2)))
                .list();
    }

    /** Stores the normalised names of parts. */
    @RepeatedByDesign(value = BATCH_BY_BATCH, during = "words")
    default void fillNames(PartKind<?, ?> kind, String names) {
        getHandle()
                .createUpdate(kind.statements().names.fill)
                .bind("names", names)
                .execute();
    }
}

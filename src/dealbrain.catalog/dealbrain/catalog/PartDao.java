package dealbrain.catalog;

import dealbrain.database.ColumnReader;
import dealbrain.http.VersionedResource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jspecify.annotations.Nullable;

/** The statements on the tables of parts; each method is one statement. */
interface PartDao extends SqlObject {
    /** A part that is about to be changed; {@code input} is its input form as JSON. */
    record LockedPart(long version, String input) implements VersionedResource {}

    private static <P extends Part> RowMapper<P> mapper(PartKind<P, ?> kind) {
        return (row, _) -> kind.columns().read(new ColumnReader(row));
    }

    /** Returns parts by id; {@code words} is a text search query, null for all parts. */
    default <P extends Part> List<P> list(PartKind<P, ?> kind, @Nullable String words, int limit, int offset) {
        return getHandle()
                .createQuery(kind.statements().list)
                .bind("words", words)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(mapper(kind))
                .list();
    }

    default long count(PartKind<?, ?> kind, @Nullable String words) {
        return getHandle()
                .createQuery(kind.statements().count)
                .bind("words", words)
                .mapTo(Long.class)
                .one();
    }

    default <P extends Part> Optional<P> find(PartKind<P, ?> kind, long id) {
        return getHandle()
                .createQuery(kind.statements().find)
                .bind("id", id)
                .map(mapper(kind))
                .findOne();
    }

    /** Locks the row of a part until the end of the transaction. */
    default Optional<LockedPart> lock(PartKind<?, ?> kind, long id) {
        return getHandle()
                .createQuery(kind.statements().lock)
                .bind("id", id)
                .map((row, _) -> new LockedPart(row.getLong(1), row.getString(2)))
                .findOne();
    }

    default <P extends Part> P insert(PartKind<P, ?> kind, String input) {
        return getHandle()
                .createQuery(kind.statements().insert)
                .bind("input", input)
                .map(mapper(kind))
                .one();
    }

    default <P extends Part> P update(PartKind<P, ?> kind, long id, String input) {
        return getHandle()
                .createQuery(kind.statements().update)
                .bind("id", id)
                .bind("input", input)
                .map(mapper(kind))
                .one();
    }

    default void delete(PartKind<?, ?> kind, long id) {
        getHandle().createUpdate(kind.statements().delete).bind("id", id).execute();
    }

    /** Inserts the parts that do not exist; {@code inputs} is a JSON array. */
    default void insertMissing(PartKind<?, ?> kind, String inputs) {
        getHandle()
                .createUpdate(kind.statements().insertMissing)
                .bind("inputs", inputs)
                .execute();
    }

    /** Returns the ids of the parts in the order of {@code inputs}, a JSON array; missing parts have none. */
    default List<Long> findIds(PartKind<?, ?> kind, String inputs) {
        return getHandle()
                .createQuery(kind.statements().findIds)
                .bind("inputs", inputs)
                .mapTo(Long.class)
                .list();
    }
}

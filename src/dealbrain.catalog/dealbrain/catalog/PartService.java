package dealbrain.catalog;

import dealbrain.database.ConstraintViolation;
import dealbrain.database.TextSearch;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.PageRequest;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rules of the catalog, the same for each kind of part. Thread-safe. */
final class PartService {
    static final ProblemType DUPLICATE_COMPONENT = ProblemType.conflict(
            "duplicate-component",
            "The component exists already",
            "The catalog has a component of this kind with the same natural key. Find it with q and use its id.");
    static final ProblemType COMPONENT_IN_USE = ProblemType.conflict(
            "component-in-use",
            "The component is in use",
            "Listings refer to this component. Give them another component first.");

    private final Jdbi jdbi;
    private final PartDao dao;

    PartService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(PartDao.class);
    }

    /** Returns a page of the parts whose names contain all words of {@code q}, ordered by id. Two statements. */
    <P extends Part> PagedList<P> list(PartKind<P, ?> kind, @Nullable String q, PageRequest page) {
        String words = TextSearch.query(q);
        return new PagedList<>(dao.list(kind, words, page.limit(), page.offset()), dao.count(kind, words), page);
    }

    /**
     * Returns a part. One statement.
     *
     * @throws ProblemException not found
     */
    <P extends Part> P get(PartKind<P, ?> kind, long id) {
        return dao.find(kind, id).orElseThrow(() -> notFound(kind, id));
    }

    /**
     * Creates a part. One statement.
     *
     * @throws ProblemException invalid, duplicate component
     */
    <P extends Part, I extends Record & PartInput> P create(PartKind<P, I> kind, I input) {
        String valid = validated(input);
        return unique(kind, () -> dao.insert(kind, valid));
    }

    private static String validated(PartInput input) {
        List<InputError> errors = input.errors();
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return Json.text(input);
    }

    /**
     * Changes a part under a row lock. Two statements.
     *
     * @throws ProblemException not found, precondition failed, invalid, duplicate component, and what
     *                          {@code edit} throws
     */
    <P extends Part, I extends Record & PartInput> P update(
            PartKind<P, I> kind, long id, IfMatch condition, UnaryOperator<I> edit) {
        return Transactions.inTransaction(jdbi, () -> {
            PartDao.LockedPart locked = dao.lock(kind, id).orElseThrow(() -> notFound(kind, id));
            condition.require(locked);
            String valid = validated(edit.apply(Json.read(locked.input(), kind.input())));
            return unique(kind, () -> dao.update(kind, id, valid));
        });
    }

    /**
     * Deletes a part that no listing refers to. Two statements.
     *
     * @throws ProblemException not found, precondition failed, component in use
     */
    void delete(PartKind<?, ?> kind, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            condition.require(dao.lock(kind, id).orElseThrow(() -> notFound(kind, id)));
            ConstraintViolation.translate(
                    () -> dao.delete(kind, id), ConstraintViolation::isForeignKey, _ -> inUse(kind));
        });
    }

    /**
     * Returns the ids of parts in their order, creating those that do not exist. Two statements, in the caller's
     * transaction.
     *
     * @throws ConcurrentModificationException if a part was deleted between the two statements
     */
    List<Long> findOrCreate(PartKind<?, ?> kind, List<? extends PartInput> parts) {
        String inputs = Json.text(parts);
        dao.insertMissing(kind, inputs);
        List<Long> ids = dao.findIds(kind, inputs);
        if (ids.size() != parts.size()) {
            throw new ConcurrentModificationException("a part was deleted while it was imported");
        }
        return ids;
    }

    private static ProblemException notFound(PartKind<?, ?> kind, long id) {
        return ProblemException.notFound(kind.name(), id);
    }

    private static ProblemException inUse(PartKind<?, ?> kind) {
        return new ProblemException(
                COMPONENT_IN_USE, "listings refer to this " + kind.name() + "; give them another one first");
    }

    private static <P> P unique(PartKind<?, ?> kind, Supplier<P> write) {
        return ConstraintViolation.translate(
                write, ConstraintViolation::isDuplicate, violation -> duplicate(kind, violation));
    }

    private static ProblemException duplicate(PartKind<?, ?> kind, ConstraintViolation violation) {
        String detail = violation.constraint().endsWith("_one_default_key")
                ? "another " + kind.name() + " is the default; remove is_default from that one first"
                : "the catalog has this " + kind.name() + " already; find it with q and use its id";
        return new ProblemException(DUPLICATE_COMPONENT, detail);
    }
}

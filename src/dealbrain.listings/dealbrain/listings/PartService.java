package dealbrain.listings;

import dealbrain.database.ConstraintViolation;
import dealbrain.database.TextSearch;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.Json;
import dealbrain.http.Page;
import dealbrain.http.Paged;
import dealbrain.http.Problem.Mistake;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rules of one kind of part. Safe for use by many threads. */
public final class PartService<P extends Part, I extends Record & PartInput> {
    static final ProblemType DUPLICATE_COMPONENT = ProblemType.conflict(
            "duplicate-component",
            "There is such a component",
            "The catalog has a component of this kind with the same natural key. Find it with q, and use its id.");
    static final ProblemType COMPONENT_IN_USE = ProblemType.conflict(
            "component-in-use", "The component is in use", "Listings are made of it. Give them another one first.");

    private final Jdbi jdbi;
    private final PartDao<P> dao;
    private final String name;
    private final Function<P, I> toInput;

    PartService(Jdbi jdbi, Class<? extends PartDao<P>> dao, String name, Function<P, I> toInput) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(dao);
        this.name = name;
        this.toInput = toInput;
    }

    /** Those whose names have all words of {@code q}, or all, by id. Two statements. */
    Paged<P> list(@Nullable String q, Page page) {
        String words = TextSearch.query(q);
        return new Paged<>(dao.list(words, page.limit(), page.offset()), dao.count(words), page);
    }

    /**
     * One part. One statement.
     *
     * @throws ProblemException not found
     */
    P get(long id) {
        return dao.find(id).orElseThrow(() -> ProblemException.notFound(name, id));
    }

    /**
     * Adds a part. One statement.
     *
     * @throws ProblemException invalid, duplicate component
     */
    public P create(I input) {
        String valid = validated(input);
        return unique(() -> dao.insert(valid));
    }

    private static String validated(PartInput input) {
        List<Mistake> mistakes = input.mistakes();
        if (!mistakes.isEmpty()) {
            throw ProblemException.invalid(mistakes);
        }
        return Json.text(input);
    }

    /**
     * Changes a part, whose row is locked meanwhile. Two statements.
     *
     * @throws ProblemException not found, precondition failed, invalid, duplicate component, and what {@code edit} throws
     */
    P update(long id, IfMatch condition, UnaryOperator<I> edit) {
        return Transactions.inTransaction(jdbi, () -> {
            P stored = dao.lock(id).orElseThrow(() -> ProblemException.notFound(name, id));
            condition.require(stored);
            String valid = validated(edit.apply(toInput.apply(stored)));
            return unique(() -> dao.update(id, valid));
        });
    }

    /**
     * Deletes a part that no listing is made of. Two statements.
     *
     * @throws ProblemException not found, precondition failed, component in use
     */
    void delete(long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            condition.require(dao.lock(id).orElseThrow(() -> ProblemException.notFound(name, id)));
            ConstraintViolation.translate(() -> dao.delete(id), ConstraintViolation::isForeignKey, _ -> inUse());
        });
    }

    private ProblemException inUse() {
        return new ProblemException(
                COMPONENT_IN_USE, "listings are made of this " + name + "; give them another one first");
    }

    private P unique(Supplier<P> write) {
        return ConstraintViolation.translate(write, ConstraintViolation::isDuplicate, this::duplicate);
    }

    private ProblemException duplicate(ConstraintViolation violation) {
        return new ProblemException(
                DUPLICATE_COMPONENT,
                violation.constraint().endsWith("_one_default_key")
                        ? "another " + name + " is the default; take that from it first"
                        : "the catalog has this " + name + " already; find it with q, and use its id");
    }
}

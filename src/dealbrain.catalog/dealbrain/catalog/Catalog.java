package dealbrain.catalog;

import dealbrain.http.ProblemException;
import dealbrain.http.Router;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The parts of listings. Thread-safe. */
public final class Catalog {
    private final PartService parts;

    public Catalog(Jdbi jdbi) {
        this.parts = new PartService(jdbi);
    }

    public void routes(Router router) {
        new CatalogHandler(parts).routes(router);
    }

    /**
     * Creates a part. One statement.
     *
     * @throws ProblemException invalid, duplicate component
     */
    public <P extends Part, I extends Record & PartInput> P create(PartKind<P, I> kind, I input) {
        return parts.create(kind, input);
    }

    /**
     * Returns the ids of parts in their order, creating those that do not exist; of inputs with the same natural key
     * the first is used. Two statements, in the caller's transaction.
     *
     * @throws ConcurrentModificationException if a part was deleted between the two statements
     */
    public List<Long> findOrCreate(PartKind<?, ?> kind, List<? extends PartInput> inputs) {
        return parts.findOrCreate(kind, inputs);
    }
}

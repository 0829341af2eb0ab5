package dealbrain.catalog;

import dealbrain.accounts.Authentication;
import dealbrain.http.ProblemException;
import dealbrain.http.Router;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The parts of listings. Thread-safe. */
public final class Catalog {
    private final PartService parts;
    private final PartImport imports;
    private final StarterCatalog starter;
    private final Authentication authentication;

    public Catalog(Jdbi jdbi, Authentication authentication) {
        this.parts = new PartService(jdbi);
        this.imports = new PartImport(jdbi, parts);
        this.starter = new StarterCatalog(jdbi, parts);
        this.authentication = authentication;
    }

    public void routes(Router router) {
        new CatalogHandler(parts, imports, authentication).routes(router);
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

    /**
     * Returns the stored part that each name means: the one with the same normalised name, else the only one that has
     * all words of the name. One statement for any number of names, none for no names.
     */
    public Map<String, PartResolution> resolve(PartKind<?, ?> kind, Collection<String> names) {
        return parts.resolve(kind, names);
    }

    /**
     * Returns the id of each part, creating those that do not exist, in the caller's transaction. One statement for
     * each kind; if a part is missing, the lock of unique keys, and two more for its kind.
     *
     * @param described memory before drives, so that concurrent transactions write in one order
     * @throws ConcurrentModificationException if a part was deleted in the meantime
     */
    public Map<DescribedPart, Long> findOrCreate(Map<PartKind<?, ?>, List<DescribedPart>> described) {
        return parts.findOrCreate(described);
    }

    /**
     * Returns the ids of scoring profiles as {@link #findOrCreate} does. Of those that are created, the one that is the
     * default becomes it only if there is no default yet. Three statements, in the caller's transaction.
     */
    public List<Long> findOrCreateProfiles(List<ScoringProfileInput> profiles) {
        return parts.findOrCreateProfiles(profiles);
    }

    /**
     * Returns whether the catalog has no parts and never had those of the starter catalog. One statement.
     */
    public boolean isUnused() {
        return starter.isUnused();
    }

    /**
     * Adds the parts of the starter catalog that do not exist, unless they were added before. Returns their number.
     * Eight statements, in one transaction.
     */
    public int addStarterCatalog() {
        return starter.add();
    }

    /** Adds the words and normalised names of parts that were written without; returns their number. */
    public int fillWords() {
        return parts.fillWords();
    }
}

package dealbrain.catalog;

import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements about the state of the {@link StarterCatalog}. */
interface StarterCatalogDao {
    @SqlQuery("""
            SELECT NOT (EXISTS (SELECT FROM starter_catalog)
                     OR EXISTS (SELECT FROM cpu) OR EXISTS (SELECT FROM gpu) OR EXISTS (SELECT FROM ram_spec)
                     OR EXISTS (SELECT FROM storage_profile) OR EXISTS (SELECT FROM ports_profile)
                     OR EXISTS (SELECT FROM scoring_profile) OR EXISTS (SELECT FROM ruleset))
            """)
    boolean isUnused();

    /**
     * Stores that the starter catalog was added. Returns 0 if it was before; waits for a transaction that is about to
     * add it.
     */
    @SqlUpdate("INSERT INTO starter_catalog DEFAULT VALUES ON CONFLICT DO NOTHING")
    int markAdded();

    /** Makes a ruleset the default, unless there is one. */
    @SqlUpdate("UPDATE ruleset SET is_default = true"
            + " WHERE name = :name AND is_active AND NOT EXISTS (SELECT FROM ruleset WHERE is_default)")
    void makeDefaultIfNone(String name);
}

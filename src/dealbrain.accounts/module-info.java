import org.jspecify.annotations.NullMarked;

/** Accounts: users, their access tokens, and the authentication of requests. */
@NullMarked
module dealbrain.accounts {
    requires static transitive org.jspecify;
    requires transitive dealbrain.database; // Jdbi, in Accounts
    requires transitive dealbrain.http; // Router, in Accounts
    requires io.leangen.geantyref;
    requires org.jdbi.v3.sqlobject;

    exports dealbrain.accounts;

    opens dealbrain.accounts to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind; // DAOs; JSON of the records
}

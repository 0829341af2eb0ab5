/** The database: its URL, the pool and the one Jdbi, migrations. */
@org.jspecify.annotations.NullMarked
module dealbrain.database {
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires transitive org.jdbi.v3.core; // Jdbi, in Database
    requires transitive org.jdbi.v3.sqlobject; // the annotations of the DAOs
    requires dealbrain.waterfall; // the steps of a request
    requires org.jdbi.v3.postgres;
    requires io.leangen.geantyref; // Jdbi's, an automatic module that cannot ask for it
    requires com.zaxxer.hikari;
    requires org.postgresql.jdbc;
    requires org.slf4j;

    exports dealbrain.database;
}

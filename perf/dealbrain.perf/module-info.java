import org.jspecify.annotations.NullMarked;

/** Measures the running application and compares it with baselines on the same machine. Used by {@code make perf}. */
@NullMarked
module dealbrain.perf {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires dealbrain.collections; // CollectionDao, whose annotated statement is measured
    requires dealbrain.database;
    requires dealbrain.listings; // ListingRows, which reads the rows of a statement
    requires dealbrain.postgres;
    requires dealbrain.shares; // ListingShareDao
    requires dealbrain.views; // ViewCounter
    requires java.management;
    requires java.net.http;
    requires jdk.httpserver; // BaselineServer
    requires org.postgresql.jdbc;

    opens dealbrain.perf to
            com.fasterxml.jackson.databind; // records in the JSON report
}

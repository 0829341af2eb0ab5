import org.jspecify.annotations.NullMarked;

/** Measures the program from outside, against what the machine under it can do. Only {@code make perf} has it. */
@NullMarked
module dealbrain.perf {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires dealbrain.collections; // its statement, as it is annotated
    requires dealbrain.database;
    requires dealbrain.listings; // ListingRows, which the bare statement is read by
    requires dealbrain.postgres;
    requires dealbrain.shares;
    requires dealbrain.views;
    requires java.management;
    requires java.net.http;
    requires jdk.httpserver; // the floor: a fixed body
    requires org.postgresql.jdbc;
}

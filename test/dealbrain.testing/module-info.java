/** Fixtures for the tests of all modules. JUnit and Testcontainers are on the class path. */
@org.jspecify.annotations.NullMarked
module dealbrain.testing {
    requires static transitive org.jspecify;
    requires transitive dealbrain.database; // Jdbi, in TestDatabase
    requires org.slf4j;

    exports dealbrain.testing;
}

package dealbrain.app;

/** Where the program runs, which decides how much it tells. */
enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION,
    TEST
}

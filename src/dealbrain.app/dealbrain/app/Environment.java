package dealbrain.app;

/** The environment that an instance runs in. It decides about log format, diagnostics and defaults. */
enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION,
    TEST;

    boolean isProduction() {
        return this == PRODUCTION;
    }
}

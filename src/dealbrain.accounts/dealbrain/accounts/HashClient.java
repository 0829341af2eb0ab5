package dealbrain.accounts;

/**
 * The client for which a password is hashed.
 *
 * @param network the {@link dealbrain.http.Request#network} of the client
 */
record HashClient(Purpose purpose, String network) {
    /** Each purpose has a queue of its own, so that one cannot delay another. */
    enum Purpose {
        SIGN_IN,
        SIGN_UP,
        PASSWORD_CHANGE
    }

    /** The application itself, for accounts that it creates at the start. */
    static final HashClient APPLICATION = new HashClient(Purpose.PASSWORD_CHANGE, "application");

    static HashClient signIn(String network) {
        return new HashClient(Purpose.SIGN_IN, network);
    }

    static HashClient signUp(String network) {
        return new HashClient(Purpose.SIGN_UP, network);
    }

    static HashClient passwordChange(String network) {
        return new HashClient(Purpose.PASSWORD_CHANGE, network);
    }
}

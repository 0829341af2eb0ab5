package dealbrain.postgres;

import java.net.URI;

/** The connection URL of the embedded server: {@code postgresql://user:password@127.0.0.1:port/database}. */
record ServerUrl(URI uri) {
    /** The name of the superuser and of the database. */
    static final String NAME = "dealbrain";

    /** @throws IllegalArgumentException the port or the user is missing */
    ServerUrl {
        if (uri.getPort() < 1 || uri.getRawUserInfo() == null) {
            throw new IllegalArgumentException("not a connection URL with user and port");
        }
    }

    /** Returns the URL of the server on {@code port}; {@code password} needs no percent-encoding. */
    static ServerUrl of(int port, String password) {
        return with(NAME + ":" + password, port, "/" + NAME);
    }

    /** @throws IllegalArgumentException not a URL, or the port or the user is missing */
    static ServerUrl parse(String text) {
        return new ServerUrl(URI.create(text.strip()));
    }

    private static ServerUrl with(String userInfo, int port, String path) {
        return new ServerUrl(URI.create("postgresql://" + userInfo + "@127.0.0.1:" + port + path));
    }

    ServerUrl withPort(int port) {
        return with(uri.getRawUserInfo(), port, uri.getRawPath());
    }

    int port() {
        return uri.getPort();
    }

    /** Returns the whole URL, with the password. */
    String text() {
        return uri.toString();
    }

    /** Returns the URL without the password, for logs. */
    @Override
    public String toString() {
        return text().replaceFirst(":[^:@]*@", "@");
    }
}

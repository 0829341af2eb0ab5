package dealbrain.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/**
 * A person with an account of their own.
 *
 * @param username random, so that the tests of a class do not meet each other
 * @param api the API with a token of the person
 * @param browser a browser in which the person is signed in
 */
public record Person(String username, Api api, Browser browser) {
    public static final String PASSWORD = Api.PASSWORD;

    /** Creates the account, whose username begins with {@code name}. */
    public static Person signUp(Api server, String name) {
        String username = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        Api api = server.signUp(username);
        Browser browser = new Browser(server);
        browser.signIn(username, PASSWORD);
        return new Person(username, api, browser);
    }

    /** Stores a deal for 100 dollars, and returns its id. */
    public long deal(String title) {
        return create("listings", "{\"title\": \"" + title + "\", \"price_usd\": 100}");
    }

    /** Creates an empty collection, and returns its id. */
    public long collection(String name) {
        return create("collections", "{\"name\": \"" + name + "\"}");
    }

    private long create(String resource, String json) {
        return api.post("/api/v1/" + resource, json).json().path("id").asLong();
    }

    /** Returns the deal as the API has it. */
    public JsonNode stored(long deal) {
        return api.get("/api/v1/listings/" + deal).json();
    }

    /** Returns the titles of the deals in a collection, in its order. */
    public List<String> titles(long collection) {
        return api.get("/api/v1/collections/" + collection).json().path("items").findValuesAsText("title");
    }
}

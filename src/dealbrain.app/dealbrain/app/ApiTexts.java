package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.http.ApiDescription;
import dealbrain.http.ApiDescription.Tag;
import dealbrain.http.DocumentTexts;
import dealbrain.json.Json;
import dealbrain.operations.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The texts of the OpenAPI document. The groups of operations are in the order in which a reader needs them. */
final class ApiTexts {
    static final ApiDescription API = ApiDescription.of("dealbrain", Version.CURRENT.version())
            .withDescription("Listings of PC deals, collections of listings, and sharing of both.")
            .withTokenHelp(
                    "POST /api/v1/tokens returns a token, which starts with dbt_, for a username and a password.")
            .withTokenProblems(Accounts.TOKEN_PROBLEMS)
            .withTexts(texts())
            .withTags(
                    Tag.of(
                            "accounts",
                            "Start here: sign up, sign in with a token, change your account.",
                            "/api/v1/users",
                            "/api/v1/tokens"),
                    Tag.of("listings", "PCs for sale, each built of parts of the catalog.", "/api/v1/listings"),
                    Tag.of("collections", "Named, ordered sets of listings that you keep.", "/api/v1/collections"),
                    Tag.of(
                            "items",
                            "The listings in a collection, each with its status, notes and position.",
                            "/api/v1/collections/{id}/items"),
                    Tag.of(
                            "links",
                            "Public links to your listings and collections: create, list, change and revoke them.",
                            "/api/v1/listings/{id}/shares",
                            "/api/v1/listing-shares",
                            "/api/v1/collections/{id}/share-tokens"),
                    Tag.of(
                            "shared",
                            "What a public link shows, without an account: as JSON, and as pages for browsers.",
                            "/api/v1/deals",
                            "/api/v1/collections/shared",
                            "/deals",
                            "/c"),
                    Tag.of(
                            "public",
                            "Public collections, without an account.",
                            "/api/v1/collections/discover",
                            "/api/v1/collections/public"),
                    Tag.of(
                            "user-shares",
                            "Listings that one user shares with another, who may import them.",
                            "/api/v1/user-shares"),
                    Tag.of("notifications", "Messages of the server to you.", "/api/v1/notifications"),
                    Tag.of(
                            "files",
                            "Export a collection as a file, and import it here or on another server.",
                            "/api/v1/collections/{id}/export",
                            "/api/v1/collections/import"),
                    Tag.of(
                            "catalog",
                            "The parts of which listings are built. Every user may add parts; only administrators "
                                    + "change and delete them.",
                            "/api/v1/catalog"),
                    Tag.of(
                            "administration",
                            "Users and invitations, for the administrators of the server.",
                            "/api/v1/admin",
                            "/api/v1/invites"),
                    Tag.of(
                            "operations",
                            "Health, metrics, statistics and cache, for the operators of the server.",
                            "/api/v1/ops",
                            "/ops",
                            "/health",
                            "/metrics",
                            "/version"),
                    Tag.of("site", "This document, the descriptions of problems, and files for browsers.", "/"));

    private ApiTexts() {}

    /** Reads the descriptions and examples. */
    private static DocumentTexts texts() {
        try (InputStream in = Objects.requireNonNull(ApiTexts.class.getResourceAsStream("document-texts.json"))) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), DocumentTexts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dealbrain.inbox;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserShareServiceTest extends UserShareFixture {
    @Nested
    class Create {
        @Test
        void showsTheWholeShare() {
            UserShare created = share("have a look");

            assertEquals(ada.id(), created.senderId());
            assertEquals(ada.username(), created.senderUsername());
            assertEquals(bob.id(), created.recipientId());
            assertEquals(bob.username(), created.recipientUsername());
            assertEquals(listing.id(), created.listingId());
            assertEquals(listing, created.listing());
            assertTrue(created.shareToken().matches("[A-Za-z0-9_-]{64}"), created.shareToken());
            assertEquals("have a look", created.message());
            assertEquals(Duration.ofDays(30), Duration.between(created.sharedAt(), created.expiresAt()));
            assertFalse(created.isExpired() || created.isViewed() || created.isImported());
            assertEquals(created, shares.get(ada, created.id()));
        }

        @Test
        void takesTheUsernameInEitherCase() {
            UserShare created =
                    create(new UserShareInput(null, bob.username().toUpperCase(Locale.ROOT), listing.id(), null, 1));

            assertEquals(bob.id(), created.recipientId());
            assertEquals(Duration.ofDays(1), Duration.between(created.sharedAt(), created.expiresAt()));
        }

        @Test
        void notifiesTheRecipient() {
            UserShare created = share("<script>alert(1)</script>");

            assertEquals(
                    List.of(new StoredNotification(
                            "share_received",
                            ada.username() + " shared a deal with you",
                            listing.title() + "\n\n<script>alert(1)</script>",
                            created.id())),
                    notifications(bob));
            assertEquals(List.of(), notifications(ada));
        }

        @Test
        void reportsAllErrorsAtOnce() {
            assertEquals(
                    List.of(
                            InputError.at("/recipient_id", "recipient_id must be the id of a user, was 999999"),
                            InputError.at("/listing_id", "listing_id must be the id of a listing, was 888888")),
                    errors(999_999L, null, 888_888));
            assertEquals(
                    List.of(InputError.at(
                            "/recipient_username", "recipient_username must be the name of a user, was nobody at all")),
                    errors(null, "nobody at all", listing.id()));
            assertEquals(
                    List.of(InputError.at("/recipient_username", "recipient_username must be another user, was you")),
                    errors(null, ada.username(), listing.id()));
            assertEquals(
                    List.of(
                            InputError.at("/recipient_id", "recipient_id must be another user, was you"),
                            InputError.at("/listing_id", "listing_id must be the id of a listing, was 0")),
                    errors(ada.id(), null, 0));
            assertEquals(
                    List.of(InputError.at("/recipient_id", "recipient_id or recipient_username is required")),
                    errors(null, null, listing.id()));
            assertEquals(
                    List.of(InputError.at(
                            "/recipient_username", "recipient_username must be left out if there is a recipient_id")),
                    errors(bob.id(), bob.username(), listing.id()));
        }

        private List<InputError> errors(Long recipientId, String username, long listingId) {
            return problem(
                            "invalid-input",
                            () -> create(new UserShareInput(recipientId, username, listingId, null, 30)))
                    .errors();
        }
    }

    @Nested
    class Limit {
        @Test
        void countsDownToTen() {
            for (int remaining = 9; remaining >= 0; remaining--) {
                UserShareService.Creation created = shares.create(ada, input(null));

                assertEquals(remaining, created.limit().remaining());
                assertEquals(10, created.limit().limit());
                assertTrue(
                        created.limit().resetSeconds() > 3500 && created.limit().resetSeconds() <= 3600,
                        created.limit()::toString);
            }
            problem("share-limit", () -> share(null));
            shares.create(eve, input(null)); // the limit is per sender
        }

        @Test
        void allowsExactlyTenOfThirtyAtOnce() {
            List<String> outcomes = Concurrently.run(30, _ -> share(null));

            assertEquals(10, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(20, Collections.frequency(outcomes, "share-limit"), outcomes::toString);
            assertEquals(10, shares.listSent(ada, FIRST).total().count());
            assertEquals(10, notifications(bob).size());
        }

        @Test
        void isOfASlidingHour() {
            shareTimes(10);
            execute(
                    "UPDATE user_share_limit SET shared_at[1] = shared_at[1] - interval '61 minutes', "
                            + "shared_at[2] = shared_at[2] - interval '30 minutes' WHERE sender_id = ?",
                    ada.id());

            UserShareService.Creation created = shares.create(ada, input(null));

            assertEquals(0, created.limit().remaining());
            assertTrue(
                    created.limit().resetSeconds() > 1700 && created.limit().resetSeconds() <= 1800,
                    created.limit()::toString);
            problem("share-limit", () -> share(null));
        }

        @Test
        void allowsExactlyTenInTheNextHour() {
            shareTimes(10);
            execute(
                    "UPDATE user_share_limit SET shared_at = "
                            + "ARRAY(SELECT each - interval '1 hour' FROM unnest(shared_at) each) WHERE sender_id = ?",
                    ada.id());

            assertEquals(10, Collections.frequency(Concurrently.run(30, _ -> share(null)), "ok"));
        }

        @Test
        void doesNotCountFailedShares() {
            shareTimes(9);
            for (int i = 0; i < 20; i++) {
                problem("invalid-input", () -> create(new UserShareInput(bob.id(), null, 999_999, null, 30)));
            }

            share(null);
            problem("share-limit", () -> share(null));
        }

        @Test
        void doesNotRefundDeletedShares() {
            shareTimes(10);
            shares.listSent(ada, FIRST).items().forEach(share -> shares.delete(ada, share.shareToken()));

            problem("share-limit", () -> share(null));
        }

        private void shareTimes(int times) {
            for (int i = 0; i < times; i++) {
                share(null);
            }
        }
    }

    @Nested
    class Reads {
        @Test
        void takeOneStatementEach() {
            UserShare created = share(null);
            share(null);

            assertEquals(1, StatementCounter.count(() -> shares.get(ada, created.id())));
            assertEquals(1, StatementCounter.count(() -> open(created, null)));
            assertEquals(1, StatementCounter.count(() -> open(created, bob))); // marks it as viewed
            assertEquals(1, StatementCounter.count(() -> open(created, bob)));
            assertEquals(1, StatementCounter.count(() -> shares.listReceived(bob, all())));
            assertEquals(1, StatementCounter.count(() -> shares.listSent(ada, FIRST)));
            assertEquals(1, StatementCounter.count(() -> shares.listSent(bob, FIRST)));
            assertEquals(
                    1,
                    StatementCounter.count(() ->
                            problem("share-not-found", () -> shares.open(Optional.of(bob), "x".repeat(64), true))));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 60})
        void ofListsTakeOneStatementForAnyNumberOfShares(int count) {
            insertShares(count);
            List<PagedList<UserShare>> pages = new ArrayList<>();

            assertEquals(
                    1,
                    StatementCounter.count(() -> pages.add(shares.listReceived(
                            bob, new UserShareQuery(UserShareFilter.ALL, 50, 0, null, CountMode.LIMITED)))));
            assertEquals(
                    1,
                    StatementCounter.count(
                            () -> pages.add(shares.listSent(ada, new PageQuery(50, 0, null, CountMode.LIMITED)))));

            List<Listing> listings = List.of(asSeenBy(bob), listing);
            for (int i = 0; i < 2; i++) {
                PagedList<UserShare> page = pages.get(i);
                Listing shown = listings.get(i);
                assertEquals(count, page.total().count());
                assertEquals(Math.min(50, count), page.items().size());
                page.items().forEach(share -> assertEquals(shown, share.listing()));
            }
        }

        @Test
        void ofListsReturnTheNewestFirstWithTiesById() {
            insertShares(7); // one statement, so all have the same time

            List<Long> ids = new ArrayList<>();
            for (int offset = 0; offset < 9; offset += 3) {
                shares.listReceived(bob, new UserShareQuery(UserShareFilter.ALL, 3, offset, null, CountMode.LIMITED))
                        .items()
                        .forEach(share -> ids.add(share.id()));
            }

            assertEquals(7, ids.size());
            assertEquals(ids.stream().sorted(Collections.reverseOrder()).toList(), ids);
            assertEquals(
                    ids,
                    shares.listSent(ada, FIRST).items().stream()
                            .map(UserShare::id)
                            .toList());
            assertEquals(
                    7,
                    shares.listSent(ada, new PageQuery(3, 100, null, CountMode.LIMITED))
                            .total()
                            .count());
            UserShare newest = share(null);
            assertEquals(
                    newest.id(),
                    shares.listReceived(bob, all()).items().getFirst().id());
        }

        @Test
        void ofReceivedSharesCanBeFiltered() {
            UserShare fresh = share("fresh");
            UserShare viewed = share("viewed");
            UserShare imported = share("imported");
            UserShare expired = share("expired");
            open(viewed, bob);
            shares.importInto(bob, imported.shareToken(), null);
            expire(expired);

            assertEquals(List.of("expired", "imported", "viewed", "fresh"), messages(UserShareFilter.ALL));
            assertEquals(List.of(fresh.message()), messages(UserShareFilter.UNVIEWED));
            assertEquals(List.of("imported"), messages(UserShareFilter.IMPORTED));
            assertEquals(List.of("expired"), messages(UserShareFilter.EXPIRED));
            assertEquals(0, shares.listReceived(ada, all()).total().count());
        }

        private List<String> messages(UserShareFilter filter) {
            PagedList<UserShare> page =
                    shares.listReceived(bob, new UserShareQuery(filter, 100, 0, null, CountMode.LIMITED));
            assertEquals(page.items().size(), page.total().count());
            return page.items().stream().map(UserShare::message).toList();
        }

        @Test
        void showAnExpiredShareToSenderAndRecipientOnly() {
            UserShare created = share(null);
            expire(created);

            assertTrue(shares.get(bob, created.id()).isExpired());
            assertTrue(shares.listSent(ada, FIRST).items().getFirst().isExpired());
            problem("share-not-found", () -> shares.get(eve, created.id()));
            problem("share-not-found", () -> shares.get(eve, 999_999));
        }

        private void insertShares(int count) {
            execute(
                    "INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, expires_at) "
                            + "SELECT ?, ?, ?, md5(?::text || i) || md5(i::text || random()), now() + interval '1 day' "
                            + "FROM generate_series(1, ?) i",
                    ada.id(),
                    bob.id(),
                    listing.id(),
                    bob.id(),
                    count);
        }
    }

    @Nested
    class Open {
        @Test
        void showsTheShareToSenderAndRecipientAndAPreviewToOthers() {
            UserShare created = share("for you only");

            assertEquals(created, open(created, ada));
            assertInstanceOf(UserShare.class, open(created, bob));
            for (UserShareView view : List.of(open(created, eve), open(created, null))) {
                assertEquals(new UserSharePreview(asSeenBy(eve), ada.username(), false), view);
                assertEquals(List.of("listing", "sender_username", "is_expired"), names(view));
                assertFalse(Json.tree(view).path("listing").has("owner_id"));
                assertFalse(Json.text(view).contains("for you only"));
            }
            assertTrue(Json.tree(created).path("listing").has("owner_id"));
        }

        @Test
        void isMarkedAsViewedByTheFirstViewOfTheRecipientOnly() {
            UserShare created = share(null);
            open(created, ada);
            open(created, eve);
            open(created, null);
            shares.get(bob, created.id());
            shares.open(Optional.of(bob), created.shareToken(), false);
            assertFalse(shares.get(bob, created.id()).isViewed());

            UserShare first = (UserShare) open(created, bob);
            UserShare second = (UserShare) open(created, bob);

            assertTrue(first.isViewed());
            assertNotNull(first.viewedAt());
            assertEquals(first, second);
            assertEquals(first.viewedAt(), shares.get(ada, created.id()).viewedAt());
        }

        @Test
        void returnsTheSameTimeToConcurrentFirstViews() {
            for (int round = 0; round < 5; round++) {
                UserShare created = share(null);
                Set<Instant> times = Collections.synchronizedSet(new HashSet<>());

                List<String> outcomes =
                        Concurrently.run(8, _ -> times.add(((UserShare) open(created, bob)).viewedAt()));

                assertEquals(Collections.nCopies(8, "ok"), outcomes);
                assertEquals(Set.of(shares.get(ada, created.id()).viewedAt()), times);
            }
        }

        @Test
        @Timeout(120)
        void returnsTheTimeOfAConcurrentFirstViewThatItWaitedFor() {
            UserShare created = share(null);

            CompletableFuture<UserShareView> late = database.jdbi().inTransaction(handle -> {
                handle.execute("UPDATE user_share SET viewed_at = now() WHERE id = ?", created.id());
                CompletableFuture<UserShareView> look = CompletableFuture.supplyAsync(() -> open(created, bob));
                while (!handle.createQuery("SELECT EXISTS (SELECT FROM pg_locks "
                                + "WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))")
                        .mapTo(Boolean.class)
                        .one()) {
                    Thread.onSpinWait();
                }
                return look;
            });

            assertEquals(shares.get(bob, created.id()), late.join());
            assertTrue(shares.get(ada, created.id()).isViewed());
        }

        @Test
        void rejectsAShareThatExpiredByTheClockOfTheDatabase() {
            UserShare created = share(null);
            expire(created);

            problem("share-expired", () -> open(created, ada));
            problem("share-expired", () -> open(created, bob));
            problem("share-expired", () -> open(created, null));
            assertFalse(shares.get(bob, created.id()).isViewed());
            problem("share-not-found", () -> shares.open(Optional.empty(), "no such token", true));
        }

        @Test
        void failsAfterTheListingWasDeleted() {
            UserShare created = share(null);

            fixtures.listings.delete(ada, listing.id(), IfMatch.ANY);

            problem("share-not-found", () -> open(created, bob));
            assertEquals(1, notifications(bob).size());
            assertNull(notifications(bob).getFirst().shareId());
        }
    }
}

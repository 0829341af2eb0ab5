package dealbrain.listings;

import static dealbrain.testing.Problems.problem;
import static dealbrain.testing.Records.requireAsGiven;
import static dealbrain.testing.Records.requireComplete;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Role;
import dealbrain.accounts.User;
import dealbrain.catalog.Cpu;
import dealbrain.http.IfMatch;
import dealbrain.json.Json;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ListingChangeTest extends ListingFixture {
    private Listing change(Listing listing, String members) {
        return listings.update(ada, listing.id(), IfMatch.ANY, input -> with(input, members));
    }

    private static IfMatch state(Listing listing) {
        return new IfMatch(List.of(listing.version() + "-tag"));
    }

    @Nested
    class Update {
        @Test
        void changesOnlyTheGivenMembers() {
            ListingInput input = fixtures.completeListing();
            Listing created = listings.create(ada, input);

            Listing changed = change(created, "{\"title\": \"changed\", \"price_usd\": 9.9}");

            requireComplete(changed, "listing");
            requireAsGiven(
                    with(input, "{\"title\": \"changed\", \"price_usd\": 9.9, \"adjusted_price_usd\": 0}"), changed);
            assertEquals(created.cpu(), changed.cpu());
            assertEquals(created.createdAt(), changed.createdAt());
            assertTrue(changed.updatedAt().isAfter(created.updatedAt()));
            assertEquals(changed, listings.get(ada, created.id()));
        }

        @Test
        void takesTwoStatements() {
            Listing created = listings.create(ada, fixtures.completeListing());

            assertEquals(2, StatementCounter.count(() -> change(created, "{\"title\": \"changed\"}")));
        }

        @Test
        void keepsAllMembersWithoutAChange() {
            ListingInput input = fixtures.completeListing();
            Listing created = listings.create(ada, input);
            List<ListingInput> stored = new ArrayList<>();

            listings.update(ada, created.id(), IfMatch.ANY, current -> {
                stored.add(current);
                return current;
            });

            assertEquals(List.of(input), stored);
        }

        @Test
        void clearsMembersThatAreNull() {
            ListingInput plain = plain("{\"title\": \"only a title\"}");
            Listing created = listings.create(ada, fixtures.completeListing());

            Listing changed = listings.update(ada, created.id(), IfMatch.ANY, _ -> plain);

            requireAsGiven(plain, changed);
            assertNull(changed.cpu());
            assertNull(changed.secondaryStorageProfile());
            assertEquals(changed, listings.get(ada, created.id()));
        }

        @Test
        void isAllowedForTheOwnerAndAdministrators() {
            Listing created = listings.create(ada, plain("{}"));
            User admin = new User(bob.id(), bob.username(), null, null, Role.ADMIN, bob.createdAt(), 1);

            assertEquals(
                    403,
                    problem("forbidden", () -> listings.update(bob, created.id(), IfMatch.ANY, input -> input))
                            .type()
                            .status());
            problem("forbidden", () -> listings.delete(bob, created.id(), IfMatch.ANY));
            problem("not-found", () -> listings.update(bob, Long.MAX_VALUE, IfMatch.ANY, input -> input));
            Listing changed = listings.update(
                    admin, created.id(), IfMatch.ANY, input -> with(input, "{\"notes\": \"by admin\"}"));
            assertEquals(ada.id(), changed.ownerId());
            assertEquals("by admin", changed.notes());
            assertEquals(changed, listings.get(ada, created.id()));
            assertNull(listings.get(admin, created.id()).notes());
            listings.delete(admin, created.id(), IfMatch.ANY);
        }

        @Test
        void rejectsAnOutdatedVersion() {
            Listing created = listings.create(ada, plain("{}"));
            Listing changed = listings.update(ada, created.id(), state(created), input -> input);

            assertEquals(
                    412,
                    problem(
                                    "precondition-failed",
                                    () -> listings.update(ada, created.id(), state(created), input -> input))
                            .type()
                            .status());
            problem("precondition-failed", () -> listings.delete(ada, created.id(), state(created)));
            listings.delete(ada, created.id(), state(changed));
        }

        @Test
        void reportsEachUnknownPartAndChangesNothing() {
            Listing created = listings.create(ada, plain("{}"));

            assertEquals(
                    8,
                    pointers(problem("invalid-input", () -> change(created, UNKNOWN_PARTS)))
                            .size());
            assertEquals(
                    List.of("/cpu_id"),
                    pointers(problem(
                            "invalid-input", () -> change(created, "{\"title\": \"changed\", \"cpu_id\": -1}"))));
            assertEquals(created, listings.get(ada, created.id()));
        }

        @Test
        void rejectsAnExistingVendorItemId() {
            String number = UUID.randomUUID().toString();
            listings.create(ada, item(number));
            listings.create(bob, item(number));
            Listing created = listings.create(ada, plain("{\"marketplace\": \"market\"}"));

            problem("duplicate-listing", () -> change(created, "{\"vendor_item_id\": \"" + number + "\"}"));
        }

        @Test
        void keepsAllConcurrentChanges() {
            Listing created = listings.create(ada, plain("{}"));
            ListingInput wanted = fixtures.completeListing();
            List<String> members = new ArrayList<>();
            Json.read(Json.text(wanted), JsonNode.class)
                    .properties()
                    .forEach(member -> members.add("{" + Json.text(member.getKey()) + ": " + member.getValue() + "}"));

            List<String> outcomes = Concurrently.run(members.size(), i -> change(created, members.get(i)));

            assertEquals(members.size(), Collections.frequency(outcomes, "ok"), outcomes::toString);
            requireAsGiven(wanted, listings.get(ada, created.id()));
            assertEquals(
                    created.version() + members.size(),
                    listings.get(ada, created.id()).version());
        }

        @Test
        @Timeout(120)
        void keepsAPartThatChangedWhileItWaitedForTheLock() {
            Listing created = listings.create(ada, fixtures.completeListing());
            long other = fixtures.cpu().id();
            CountDownLatch locked = new CountDownLatch(1);

            List<String> outcomes = Concurrently.run(2, i -> {
                if (i == 0) {
                    listings.update(ada, created.id(), IfMatch.ANY, input -> {
                        locked.countDown();
                        while (!isAnyTransactionBlocked()) {
                            Thread.onSpinWait();
                        }
                        return with(input, "{\"cpu_id\": " + other + "}");
                    });
                } else {
                    await(locked);
                    change(created, "{\"title\": \"changed\"}");
                }
            });

            assertEquals(List.of("ok", "ok"), outcomes);
            Listing stored = listings.get(ada, created.id());
            requireComplete(stored, "listing");
            assertEquals("changed", stored.title());
            assertEquals(Optional.of(other), Optional.ofNullable(stored.cpu()).map(Cpu::id));
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class Delete {
        @Test
        void removesTheListing() {
            Listing created = listings.create(ada, fixtures.completeListing());

            listings.delete(ada, created.id(), IfMatch.ANY);

            problem("not-found", () -> listings.get(ada, created.id()));
            problem("not-found", () -> listings.delete(ada, created.id(), IfMatch.ANY));
        }
    }
}

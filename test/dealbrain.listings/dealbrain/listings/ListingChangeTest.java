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
        void changesWhatIsGivenAndKeepsTheRest() {
            ListingInput input = fixtures.completeListing();
            Listing made = listings.create(ada, input);

            Listing changed = change(made, "{\"title\": \"changed\", \"price_usd\": 9.9}");

            requireComplete(changed, "listing");
            requireAsGiven(with(input, "{\"title\": \"changed\", \"price_usd\": 9.9}"), changed);
            assertEquals(made.cpu(), changed.cpu());
            assertEquals(made.createdAt(), changed.createdAt());
            assertTrue(changed.updatedAt().isAfter(made.updatedAt()));
            assertEquals(changed, listings.get(made.id()));
        }

        @Test
        void takesTwoStatements() {
            Listing made = listings.create(ada, fixtures.completeListing());

            assertEquals(2, StatementCounter.count(() -> change(made, "{\"title\": \"changed\"}")));
        }

        @Test
        void keepsEveryMemberThatIsNotGiven() {
            ListingInput input = fixtures.completeListing();
            Listing made = listings.create(ada, input);
            List<ListingInput> stored = new ArrayList<>();

            listings.update(ada, made.id(), IfMatch.ANY, found -> {
                stored.add(found);
                return found;
            });

            assertEquals(List.of(input), stored);
        }

        @Test
        void clearsWhatIsNull() {
            ListingInput plain = plain("{\"title\": \"only a title\"}");
            Listing made = listings.create(ada, fixtures.completeListing());

            Listing changed = listings.update(ada, made.id(), IfMatch.ANY, _ -> plain);

            requireAsGiven(plain, changed);
            assertNull(changed.cpu());
            assertNull(changed.secondaryStorageProfile());
            assertEquals(changed, listings.get(made.id()));
        }

        @Test
        void isForTheOwnerAndAdministrators() {
            Listing made = listings.create(ada, plain("{}"));
            User admin = new User(bob.id(), bob.username(), null, null, Role.ADMIN, bob.createdAt(), 1);

            assertEquals(
                    403,
                    problem("forbidden", () -> listings.update(bob, made.id(), IfMatch.ANY, input -> input))
                            .type()
                            .status());
            problem("forbidden", () -> listings.delete(bob, made.id(), IfMatch.ANY));
            problem("not-found", () -> listings.update(bob, Long.MAX_VALUE, IfMatch.ANY, input -> input));
            assertEquals(
                    ada.id(),
                    listings.update(admin, made.id(), IfMatch.ANY, input -> with(input, "{\"title\": \"by admin\"}"))
                            .ownerId());
            listings.delete(admin, made.id(), IfMatch.ANY);
        }

        @Test
        void asksForTheStateThatWasSeen() {
            Listing made = listings.create(ada, plain("{}"));
            Listing changed = listings.update(ada, made.id(), state(made), input -> input);

            assertEquals(
                    412,
                    problem("precondition-failed", () -> listings.update(ada, made.id(), state(made), input -> input))
                            .type()
                            .status());
            problem("precondition-failed", () -> listings.delete(ada, made.id(), state(made)));
            listings.delete(ada, made.id(), state(changed));
        }

        @Test
        void namesEveryPartThatIsNotThereAndChangesNothing() {
            Listing made = listings.create(ada, plain("{}"));

            assertEquals(
                    8,
                    pointers(problem("invalid-input", () -> change(made, UNKNOWN_PARTS)))
                            .size());
            assertEquals(
                    List.of("/cpu_id"),
                    pointers(problem("invalid-input", () -> change(made, "{\"title\": \"changed\", \"cpu_id\": -1}"))));
            assertEquals(made, listings.get(made.id()));
        }

        @Test
        void takesNoItemOfAVendorThatIsThere() {
            String number = UUID.randomUUID().toString();
            listings.create(bob, item(number));
            Listing made = listings.create(ada, plain("{\"marketplace\": \"market\"}"));

            problem("duplicate-listing", () -> change(made, "{\"vendor_item_id\": \"" + number + "\"}"));
        }

        @Test
        void losesNothingOfChangesAtOnce() {
            Listing made = listings.create(ada, plain("{}"));
            ListingInput wanted = fixtures.completeListing();
            List<String> members = new ArrayList<>();
            Json.read(Json.text(wanted), JsonNode.class)
                    .properties()
                    .forEach(member -> members.add("{" + Json.text(member.getKey()) + ": " + member.getValue() + "}"));

            List<String> outcomes = Concurrently.run(members.size(), i -> change(made, members.get(i)));

            assertEquals(members.size(), Collections.frequency(outcomes, "ok"), outcomes::toString);
            requireAsGiven(wanted, listings.get(made.id()));
            assertEquals(
                    made.version() + members.size(), listings.get(made.id()).version());
        }

        @Test
        @Timeout(60)
        void keepsThePartThatWasChangedWhileItWaited() {
            Listing made = listings.create(ada, fixtures.completeListing());
            long other = fixtures.cpu().id();
            CountDownLatch locked = new CountDownLatch(1);

            List<String> outcomes = Concurrently.run(2, i -> {
                if (i == 0) {
                    listings.update(ada, made.id(), IfMatch.ANY, input -> {
                        locked.countDown();
                        while (!somebodyWaitsForALock()) {
                            Thread.onSpinWait();
                        }
                        return with(input, "{\"cpu_id\": " + other + "}");
                    });
                } else {
                    await(locked);
                    change(made, "{\"title\": \"changed\"}");
                }
            });

            assertEquals(List.of("ok", "ok"), outcomes);
            Listing stored = listings.get(made.id());
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

        private static boolean somebodyWaitsForALock() {
            return database.jdbi()
                    .withHandle(handle ->
                            handle.createQuery("""
                    SELECT EXISTS (
                           SELECT FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock')
                    """).mapTo(Boolean.class).one());
        }
    }

    @Nested
    class Delete {
        @Test
        void removesTheListing() {
            Listing made = listings.create(ada, fixtures.completeListing());

            listings.delete(ada, made.id(), IfMatch.ANY);

            problem("not-found", () -> listings.get(made.id()));
            problem("not-found", () -> listings.delete(ada, made.id(), IfMatch.ANY));
        }
    }
}

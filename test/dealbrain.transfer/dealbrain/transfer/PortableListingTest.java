package dealbrain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.json.Json;
import dealbrain.listings.ListingInput;
import dealbrain.listings.ListingRelation;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PortableListingTest {
    @Test
    void hasTheMembersOfAListingInputWithPartsInPlaceOfTheirIds() {
        Set<String> expected = members(ListingInput.class);
        for (ListingRelation<?> relation : ListingRelation.ALL) {
            expected.remove(relation.foreignKey());
            expected.add(relation.member());
        }

        assertEquals(expected, members(PortableListing.class));
    }

    private static Set<String> members(Class<?> record) {
        Set<String> members = new TreeSet<>();
        Arrays.stream(record.getRecordComponents()).map(Json::memberName).forEach(members::add);
        return members;
    }
}

using Bulkhead.Operator.Admission;

namespace Bulkhead.Operator.Tests.Admission;

public sealed class PlacesTests
{
    private readonly Places _places = new();

    [Fact]
    public void Replacer_LaterOneThatAsksForIt_ReplacesTheEarlier()
    {
        var (old, @new) = (Put("a", 1), Put("b", 2, ConcurrencyPolicies.Replace));

        _places.Replacer(old).ShouldBe(@new);
        _places.Replacer(@new).ShouldBeNull("nobody came after it");
    }

    [Fact]
    public void Replacer_LaterOneThatQueuesOrHasAnotherKeyOrNamespace_ReplacesNobody()
    {
        var old = Put("a", 1);
        Put("b", 2);
        Put("c", 3, ConcurrencyPolicies.Replace, key: "other");
        Put("d", 4, ConcurrencyPolicies.Replace, ns: "other");

        _places.Replacer(old).ShouldBeNull();
    }

    [Fact]
    public void Replacer_SeveralLaterOnes_IsTheFirstOfThem()
    {
        var old = Put("a", 1);
        Put("c", 3, ConcurrencyPolicies.Replace);
        var next = Put("b", 2, ConcurrencyPolicies.Replace);

        _places.Replacer(old).ShouldBe(next);
        _places.Replacer(next)!.Uid.ShouldBe("c");
    }

    private Place Put(string uid, int minute, string? policy = null, string key = "nightly", string ns = "acme")
    {
        var place = new Place { Uid = uid, Namespace = ns, Name = uid, Tenant = "acme", CreatedAt = Given.Now.AddMinutes(minute), Key = key, Policy = policy ?? ConcurrencyPolicies.Queue };
        _places.Put(place);
        return place;
    }
}

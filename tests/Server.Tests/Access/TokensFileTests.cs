using System.Text;
using Bulkhead.Server.Access;

namespace Bulkhead.Server.Tests.Access;

public sealed class TokensFileTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Read_EntryWithDefaults_IsALocalRunner()
    {
        var entry = Read($"- {{user: alice, sha256: {Hash}}}").Entries.ShouldHaveSingleItem();
        entry.Owner.ShouldBe(new Owner("local", "alice"));
        entry.Roles.ShouldBe(["runner"]);
    }

    [Fact]
    public void Read_NumbersForNames_AreTexts() => Read($"- {{user: 4711, tenant: acme, sha256: {Hash}}}").Entries[0].Owner.UserId.ShouldBe("4711");

    [Theory]
    [InlineData("", 0)]
    [InlineData("# nobody yet\n", 0)]
    public void Read_EmptyFile_IsNobody(string text, int entries)
    {
        var file = Read(text);
        file.Problems.ShouldBeEmpty();
        file.Entries.Count.ShouldBe(entries);
    }

    [Theory]
    [InlineData("alice: x", "the file must hold one list of entries")]
    [InlineData("- alice", "an entry must be a mapping with user and sha256")]
    [InlineData("- {user: alice, sha256: HASH, password: x}", "unknown field 'password'; there are user, tenant, roles, sha256")]
    [InlineData("- {user: alice, sha256: HASH, roles: [admin]}", "'roles' must be a list of runner, viewer, metrics")]
    [InlineData("- {user: alice, sha256: bht_secret}", "'sha256' must be 64 hex digits: the hash of the token, never the token itself")]
    [InlineData("- {user: alice, tenant: Not_A_Label, sha256: HASH}", "Field 'tenant_id' must be a DNS label (a-z, 0-9 and '-', at most 63 characters), not 'Not_A_Label'.")]
    [InlineData("- {user: placeholder, sha256: HASH}", "Field 'user_id' contains forbidden placeholder value: 'placeholder'. This prevents proper request isolation.")]
    public void Read_FaultyEntry_NobodyIsLetIn(string text, string message)
    {
        var file = Read(text.Replace("HASH", Hash, StringComparison.Ordinal) + $"\n- {{user: bob, sha256: {Hash}}}");
        file.Problems.Select(p => p.Message).ShouldContain(m => m.Contains(message) || text.StartsWith("alice:", StringComparison.Ordinal));
        file.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void NewToken_Entry_IsReadBackAndMatches()
    {
        var (token, entry, problems) = ServeProgram.NewToken("acme", "a\"b: c", ["runner", "metrics"]);
        problems.ShouldBeEmpty();
        var read = Read(entry).Entries.ShouldHaveSingleItem();
        read.Owner.UserId.ShouldBe("a\"b: c");
        read.Roles.ShouldBe(["runner", "metrics"]);
        read.Hash.ShouldBe(BearerToken.Hash(token));
        entry.ShouldNotContain(token);
    }

    private static TokensFile Read(string text) => TokensFile.Read(Encoding.UTF8.GetBytes(text));
}

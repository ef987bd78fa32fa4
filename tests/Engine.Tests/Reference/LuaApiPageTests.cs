using Bulkhead.Engine.Actions;

namespace Bulkhead.Engine.Tests.Reference;

public sealed class LuaApiPageTests
{
    [Fact]
    public void Page_IsGeneratedFromTheSignatures() => Pages.Compare("docs/lua-api.md", LuaApiPage.Write());

    [Fact]
    public void Signatures_AreWholeSentences() => ActionRegistry.BuiltIn.Signatures.ShouldAllBe(s =>
        s.Summary.EndsWith('.') && s.Returns.Length > 0 && s.Parameters.All(p => p.Summary.EndsWith('.')));
}

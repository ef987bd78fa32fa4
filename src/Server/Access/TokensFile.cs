using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Engine.Contexts;

namespace Bulkhead.Server.Access;

/// <summary>
/// The tokens file: a YAML or JSON list of entries
/// <code>- {user: alice, tenant: acme, roles: [runner], sha256: HEX}</code>
/// tenant defaults to <c>local</c>, roles to <c>[runner]</c>. Pure: text in, entries or all faults out.
/// </summary>
internal sealed class TokensFile
{
    public const int MaxEntries = 10_000;
    private static readonly string[] Known = ["user", "tenant", "roles", "sha256"];
    private readonly List<Problem> _problems = [];
    private readonly List<TokenEntry> _entries = [];

    private TokensFile()
    {
    }

    public IReadOnlyList<TokenEntry> Entries => _problems.Count == 0 ? _entries : [];

    public IReadOnlyList<Problem> Problems => _problems;

    public static TokensFile Read(ReadOnlyMemory<byte> utf8)
    {
        var file = new TokensFile();
        var text = SourceText.Read(utf8);
        file._problems.AddRange(text.Problems);
        var documents = text.Documents.Where(d => !d.IsNull).ToList();
        if (file._problems.Count > 0 || documents.Count == 0) return file;
        if (documents is not [{ Kind: SourceKind.List } list]) file.Add("WRONG_TYPE", "the file must hold one list of entries", documents[0]);
        else if (list.Items.Count > MaxEntries) file.Add("TOO_MANY", $"the file has {list.Items.Count} entries; at most {MaxEntries} are allowed", list);
        else foreach (var item in list.Items) file.One(item);
        return file;
    }

    private void One(SourceValue item)
    {
        if (item.Kind != SourceKind.Map)
        {
            Add("WRONG_TYPE", "an entry must be a mapping with user and sha256", item);
            return;
        }

        var before = _problems.Count;
        foreach (var field in item.Fields.Where(f => !Known.Contains(f.Name))) Add("UNKNOWN_FIELD", $"unknown field '{Quoted.Short(field.Name)}'; there are {string.Join(", ", Known)}", field.Value);
        var owner = new Owner(Text(item, "tenant") ?? "local", Text(item, "user") ?? "");
        foreach (var fault in OwnerFaults(owner)) Add(fault.Code, fault.Message, item);
        var roles = Roles(item);
        var hash = Hash(item);
        if (_problems.Count == before) _entries.Add(new TokenEntry(owner, roles, hash!));
    }

    /// <summary>A token's owner must be able to run something: the rules of a context hold.</summary>
    public static IReadOnlyList<Problem> OwnerFaults(Owner owner)
    {
        try
        {
            UserExecutionContext.Create(
                new ContextFields { TenantId = owner.TenantId, UserId = owner.UserId, ThreadId = $"{Guid.NewGuid()}", RunId = $"{Guid.NewGuid()}" }, TimeProvider.System);
            return [];
        }
        catch (InvalidContextException e)
        {
            return e.Problems;
        }
    }

    private List<string> Roles(SourceValue item)
    {
        if (item.Find("roles") is not { } source) return [Role.Runner];
        var roles = source.Items.Select(i => i.Scalar).ToList();
        if (source.Kind == SourceKind.List && roles.Count > 0 && roles.TrueForAll(Role.All.Contains)) return roles;
        Add("UNKNOWN_ROLE", $"'roles' must be a list of {string.Join(", ", Role.All)}", source);
        return roles;
    }

    private byte[]? Hash(SourceValue item)
    {
        if (Text(item, "sha256") is { Length: 2 * BearerToken.HashBytes } hex && hex.All(char.IsAsciiHexDigit)) return Convert.FromHexString(hex);
        Add("INVALID_HASH", $"'sha256' must be {2 * BearerToken.HashBytes} hex digits: the hash of the token, never the token itself", item);
        return null;
    }

    private string? Text(SourceValue item, string name)
    {
        if (item.Find(name) is not { } value) return null;
        if (value.Kind is SourceKind.Text or SourceKind.Number) return value.Scalar;
        Add("WRONG_TYPE", $"'{name}' must be a text", value);
        return null;
    }

    private void Add(string code, string message, SourceValue at) =>
        _problems.Add(new Problem(ProblemClass.StructuralError, code, message, at.Path.ToString(), at.Line));
}

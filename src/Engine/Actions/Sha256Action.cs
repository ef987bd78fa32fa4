using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>A digest (FIPS 180-4).</summary>
internal sealed class Sha256Action : IAction
{
    public ActionSignature Signature { get; } = new(
        "hash.sha256", "The SHA-256 digest of a text's UTF-8 bytes (FIPS 180-4).", [new("text", "string", "The text.")], "string, 64 hex digits in lower case");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JsonElement?>(Json.Of(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call.Text("text"))))));
}

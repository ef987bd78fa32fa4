namespace Bulkhead.Server.Access;

/// <summary>One entry of the tokens file.</summary>
/// <param name="Owner">The user that the token stands for.</param>
/// <param name="Roles">What it allows.</param>
/// <param name="Hash">SHA-256 of the token.</param>
internal sealed record TokenEntry(Owner Owner, IReadOnlyList<string> Roles, byte[] Hash);

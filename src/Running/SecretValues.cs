using Bulkhead.Api.Problems;

namespace Bulkhead.Running;

/// <summary>
/// Resolves the values of a Secret document of a connections file: <c>env:NAME</c>, <c>file:PATH</c> (relative to the file), or
/// inline where the user allows it. A value never shows in a message.
/// </summary>
public sealed class SecretValues(string folder, bool allowInline, Func<string, string?> environment)
{
    private const string Env = "env:";
    private const string File = "file:";
    private const string UserName = "username";

    /// <summary>The value, or null with a problem added. A user name is no secret and may stand in the file.</summary>
    public string? Resolve(string key, string text, ICollection<Problem> problems)
    {
        if (text.StartsWith(Env, StringComparison.Ordinal))
        {
            var name = text[Env.Length..];
            return environment(name) ?? Refuse("SECRET_MISSING", $"The environment variable {name} is not set.");
        }

        if (text.StartsWith(File, StringComparison.Ordinal)) return ReadFile(text[File.Length..]);
        return allowInline || key == UserName ? text : Refuse("SECRET_INLINE", "A secret value stands in the file. Use env:NAME or file:PATH, or allow it with --allow-inline-secrets.");

        string? ReadFile(string name)
        {
            try
            {
                return System.IO.File.ReadAllText(Path.Combine(folder, name)).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Refuse("SECRET_MISSING", $"The file {name} cannot be read: {e.Message}");
            }
        }

        string? Refuse(string code, string message)
        {
            problems.Add(new Problem(ProblemClass.ResourceError, code, message, $"stringData.{key}"));
            return null;
        }
    }
}

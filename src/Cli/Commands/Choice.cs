using System.CommandLine;
using Bulkhead.Api.Text;

namespace Bulkhead.Cli.Commands;

/// <summary>Options whose value is one of a few words. The parser's own enums take numbers too, and name a .NET type when they refuse one.</summary>
internal static class Choice
{
    public static Option<T> Of<T>(string name, string[] aliases, string description, T standard)
        where T : struct, Enum => new(name, aliases)
        {
            Description = description,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var word = result.Tokens[^1].Value;
                if (Find(word, Enum.GetNames<T>()) is { } found) return Enum.Parse<T>(found);
                result.AddError(Refusal(name, word, Enum.GetNames<T>().Select(n => n.ToLowerInvariant())));
                return standard;
            },
        };

    /// <summary>May be repeated; null or empty: not given. As written in <paramref name="words"/>, however it was typed.</summary>
    public static Option<string[]> Many(string name, string description, string[] words)
    {
        var option = new Option<string[]>(name)
        {
            Description = description,
            HelpName = name.TrimStart('-'), // The words stand in the description.
            DefaultValueFactory = _ => [],
            CustomParser = result =>
            {
                foreach (var token in result.Tokens.Where(t => Find(t.Value, words) is null)) result.AddError(Refusal(name, token.Value, words));
                return [.. result.Tokens.Select(t => Find(t.Value, words)).OfType<string>()];
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    private static string? Find(string word, string[] words) => words.FirstOrDefault(w => string.Equals(w, word, StringComparison.OrdinalIgnoreCase));

    private static string Refusal(string name, string word, IEnumerable<string> words) => $"{name}: '{Quoted.Short(word)}' is none of {string.Join(", ", words)}.";
}

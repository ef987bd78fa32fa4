using System.CommandLine;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead completion SHELL</c>: the script that makes a shell complete commands, options and names of executions.</summary>
internal static class CompletionCommand
{
    // The program itself knows what may follow: `bulkhead "[suggest:POSITION]" "LINE"`, one word each line.
    private const string Bash = """
        _bulkhead() {
          local line word=${COMP_WORDS[COMP_CWORD]}
          COMPREPLY=()
          while IFS= read -r line; do
            if [[ $line == "$word"* ]]; then COMPREPLY+=("$line"); fi
          done < <("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)
        }
        complete -o default -F _bulkhead bulkhead
        """;

    private const string Zsh = """
        #compdef bulkhead
        _bulkhead() {
          local -a words_there
          words_there=("${(@f)$("${words[1]}" "[suggest:${#LBUFFER}]" "$BUFFER" 2> /dev/null)}")
          compadd -a words_there
          _files
        }
        compdef _bulkhead bulkhead
        """;

    private const string Fish = """
        function __bulkhead_complete
            set -l line (commandline -cp)
            bulkhead "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
        end
        complete -c bulkhead -a '(__bulkhead_complete)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints a completion script: source <(bulkhead completion bash).") { shell };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
        return command;
    }
}

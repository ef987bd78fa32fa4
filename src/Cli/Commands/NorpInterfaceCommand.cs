using System.CommandLine;
using Bulkhead.Conformance;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead norp-interface</c> (NORP-008).</summary>
internal static class NorpInterfaceCommand
{
    public static Command Create()
    {
        var command = new Command("norp-interface", "Prints the machine-readable interface document (NORP-008) as JSON.");
        command.SetAction(_ => Console.Out.WriteLine(new NorpInterface().ToJson()));
        return command;
    }
}

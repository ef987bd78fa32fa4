using Bulkhead.Cli.Commands;

return await RootCommands.InvokeAsync(args);

using MigrationPortal.Bench;

return args switch
{
    ["copy", var order, .. var led] => await CopyProcess.RunAsync(order, new Paced(led is ["led"])),
    ["copy-files", var order, .. var led] => await FileProcess.RunAsync(order, new Paced(led is ["led"])),
    ["file-copy", var server] => await FileCopyBench.RunAsync(server),
    ["open-store", var root] => FileProcess.Open(root),
    ["message-copy", var server, .. var rest] => await MessageCopyBench.RunAsync(server, rest is [var count] ? int.Parse(count, null) : 2_000_000),
    ["planning"] => PlanningBench.Run(),
    ["verification", var server, .. var rest] => await VerificationBench.RunAsync(server, rest is [var count] ? int.Parse(count, null) : 2_000_000),
    ["inventory", var server] => await InventoryBench.RunAsync(server),
    ["scale", var server] => await ScaleBench.RunAsync(server),
    ["evidence", var server] => await EvidenceBench.RunAsync(server),
    ["inbox", var server] => await InboxBench.RunAsync(server),
    ["presence", var server] => await PresenceBench.RunAsync(server),
    ["presence-node", var server] => await PresenceBench.StayAsync(server),
    ["team", var server] => await TeamBench.RunAsync(server),
    ["pages", var server] => await PagesBench.RunAsync(server),
    ["memory", var server, .. var counts] => await MemoryBench.RunAsync(server, [.. counts.Select(x => int.Parse(x, null))]),
    ["memory-one", var server, var count] => await MemoryBench.RunOneAsync(server, int.Parse(count, null)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("message-copy SERVER [MESSAGES] | verification SERVER [MESSAGES] | planning | inventory SERVER | scale SERVER | evidence SERVER | inbox SERVER | presence SERVER | team SERVER | pages SERVER | memory SERVER MESSAGES… | copy ORDER.json [led] | copy-files ORDER.json [led] | open-store DIRECTORY | file-copy SERVER   (SERVER: connection string of a PostgreSQL that may be filled)");
    return 2;
}

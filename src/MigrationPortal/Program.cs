using MigrationPortal.Api;
using MigrationPortal.App;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Comments;
using MigrationPortal.CutOver;
using MigrationPortal.Data;
using MigrationPortal.Delta;
using MigrationPortal.Evidence;
using MigrationPortal.Files;
using MigrationPortal.Freezes;
using MigrationPortal.Inbox;
using MigrationPortal.Jobs;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.Notices;
using MigrationPortal.People;
using MigrationPortal.PoolPairs;
using MigrationPortal.Presence;
using MigrationPortal.Reviews;
using MigrationPortal.Rooms;
using MigrationPortal.Runs;
using MigrationPortal.Samples;
using MigrationPortal.SignIn;
using MigrationPortal.SignIn.Access;
using MigrationPortal.Telemetry;
using MigrationPortal.Undo;
using MigrationPortal.Unsent;
using MigrationPortal.Verification;
using MigrationPortal.Windows;

namespace MigrationPortal;

/// <summary>Table of contents: one line per feature.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => Startup.RunAsync(() => BuildAsync(args));

    /// <summary>The whole portal, its database open, not yet listening.</summary>
    public static async Task<WebApplication> BuildAsync(string[] args)
    {
        var builder = Startup.CreateBuilder(args);
        builder.Services
            .AddData(builder.Configuration)
            .AddPoolPairs(builder.Configuration)
            .AddSignIn(builder.Configuration)
            .AddApi()
            .AddPortalPages()
            .AddJobs()
            .AddTelemetry(builder.Configuration)
            .AddLive()
            .AddPresence(builder.Configuration)
            .AddUnsent()
            .AddLists()
            .AddNotices()
            .AddAudit()
            .AddRooms()
            .AddPeople()
            .AddBatches()
            .AddComments()
            .AddFiles()
            .AddReviews()
            .AddRuns()
            .AddFreezes()
            .AddWindows()
            .AddVerification()
            .AddDelta()
            .AddCutOver()
            .AddUndo()
            .AddEvidence()
            .AddInbox()
            .AddSamples(builder.Configuration);

        var app = builder.Build();
        await app.PrepareAsync();
        app.UsePortalPages();
        app.MapPortalPages();
        app.MapSignIn();
        app.MapLive();
        app.MapTelemetry(app.Configuration);
        app.MapRunHub();
        app.MapInbox();
        var api = app.MapApi();
        api.MapAccess();
        api.MapLists();
        api.MapJobs();
        api.MapPresence();
        api.MapUnsent();
        api.MapNotices();
        api.MapPoolPairs();
        api.MapRooms();
        api.MapFiles();
        api.MapPeople();
        api.MapBatches();
        api.MapComments();
        api.MapReviews();
        api.MapRuns();
        api.MapFreezes();
        api.MapWindows();
        api.MapVerification();
        api.MapDelta();
        api.MapCutOver();
        api.MapUndo();
        api.MapEvidence();
        api.MapInboxApi();
        api.MapAudit();
        return app;
    }
}

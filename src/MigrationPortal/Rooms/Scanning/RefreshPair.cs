using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Verification;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms.Scanning;

/// <param name="NodeId">Of the room in the new pool.</param>
internal sealed record RefreshPair(string PoolPairId, PlannedRoom Room, PlannedCategory Category, int NodeId, RoomResult Proof);

/// <summary>Brings one row of the side-by-side list up to what a finished transfer proved, without waiting for the next scan.</summary>
internal sealed partial class RefreshPairHandler(ILogger<RefreshPairHandler> log)
{
    /// <summary>Part of the transaction that stores the verification result: nobody sees one without the other.</summary>
    public async Task HandleAsync(PortalDbContext db, RefreshPair request, CancellationToken cancellationToken)
    {
        // Whoever accepts its differences changes this row as well: one of the two sees what the other did.
        await db.Database.ExecuteSqlAsync($"SELECT FROM portal.rooms WHERE pool_pair_id = {request.PoolPairId} AND guid = {request.Room.Guid} FOR NO KEY UPDATE", cancellationToken);
        var found = await (
            from row in RoomSelection.Of(db, request.PoolPairId)
            join room in db.Set<Room>() on row.RoomId equals room.Id
            where room.PoolPairId == request.PoolPairId && room.Guid == request.Room.Guid
            select new { Row = row, room.AcceptedAt, room.AcceptedDifferences, room.AcceptedMessages }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return;
        var pair = found.Row;
        var properties = await db.Set<RoomPairProperties>().SingleOrDefaultAsync(x => x.ScanId == pair.ScanId && x.RoomId == pair.RoomId, cancellationToken);

        Apply(pair, properties, request);
        if (found.AcceptedAt is not null)
            new Acceptance(found.AcceptedDifferences, found.AcceptedMessages).ApplyTo(pair);
        await db.SaveChangesAsync(cancellationToken);
        var scanned = new ScannedRoom(request.PoolPairId, pair.ScanId, pair.RoomId, pair.LegacyNodeId, pair.NewNodeId);
        if (await PeopleParts.AnyAsync(db, scanned, cancellationToken))
            await KeepPeopleAsync(db, scanned, cancellationToken);
    }

    // What is proven of a room does not fail with a list of its people, which a job makes again.
    private async Task KeepPeopleAsync(PortalDbContext db, ScannedRoom room, CancellationToken cancellationToken)
    {
        const string Proven = "proven";
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Proven, cancellationToken);
        try
        {
            await RoomPeople.KeepWrittenAsync(db, room, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !Outage.IsOfPortal(failure))
        {
            LogNotListed(failure, room.RoomId);
            await transaction.RollbackToSavepointAsync(Proven, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The people of room {RoomId} could not be listed as they were migrated; a job lists them again")]
    private partial void LogNotListed(Exception failure, long roomId);

    private static void Apply(RoomPair pair, RoomPairProperties? properties, RefreshPair request)
    {
        var (room, proof) = (request.Room, request.Proof);
        pair.NewNodeId = request.NodeId;
        pair.NewName = room.Name;
        pair.NewCategory = request.Category.Name;
        pair.NewPrivacy = RoomValueNames.NewPrivacy(room.Visibility);
        pair.NewType = RoomValueNames.Type(room.Behavior);
        pair.NewDisabled = room.Disabled;
        var members = Held(room.Members, "Member", proof);
        var managers = Held(room.Managers, "Manager", proof);
        var presenters = Held(room.Presenters, "Presenter", proof);
        pair.NewMemberCount = members.Length;
        pair.NewManagerCount = managers.Length;
        pair.NewMessageCount = proof.New.Count + proof.SinceCount;
        pair.NewSinceCount = proof.SinceCount;
        pair.NewFirstMessageAt = RoomValueNames.Instant(proof.New.FirstTicks);
        pair.NewLastMessageAt = RoomValueNames.Instant(proof.New.LastTicks);
        List<PropertyLine> lines = [.. (properties?.Lines ?? []).Select(line => line.Property switch
        {
            "Members" => Found(line, room.Members, members),
            "Managers" => Found(line, room.Managers, managers),
            "Presenters" => Found(line, room.Presenters, presenters),
            _ => Found(line, proof),
        })];
        if (properties is not null)
        {
            properties.Lines = lines;
            (properties.NewMembers, properties.NewManagers, properties.NewPresenters) = (members, managers, presenters);
        }

        pair.Differences = [.. PairRooms.Differing(lines).Union(VerificationSummary.PairDifferences(proof))];
        pair.MessageDifference = pair.Differences.Contains("Messages") ? PairRooms.MessageDifference(proof.New.Count, VerificationSummary.Messages(proof)) : null;
        pair.DifferenceCount = pair.Differences.Count;
        pair.Comparison = pair.DifferenceCount == 0 ? Comparison.Same : Comparison.Different;
    }

    // As planned, except for the people whom the verification names; it names the first hundred.
    private static Guid[] Held(IReadOnlyList<Guid> planned, string right, RoomResult proof)
    {
        var others = proof.Settings.Where(s => s.Property == right && s.ByRule is null && s.Principal is not null).ToLookup(s => s.Found.Length > 0, s => s.Principal!.Value);
        return [.. planned.Except(others[false]).Union(others[true])];
    }

    private static PropertyLine Found(PropertyLine line, IReadOnlyList<Guid> planned, Guid[] held) => line with
    {
        New = held.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Differs = !held.ToHashSet().SetEquals(planned),
    };

    // Settings were read back by the verification: what it does not name is as planned.
    private static PropertyLine Found(PropertyLine line, RoomResult proof)
    {
        if (line.Property == "Messages")
        {
            var count = proof.New.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return line with { New = count, Differs = proof.Grade == Grade.Poor || count != line.Planned };
        }

        var difference = proof.Settings.FirstOrDefault(s => s.Property == line.Property && s.ByRule is null);
        return line with { New = difference?.Found ?? line.Planned, Differs = difference is not null };
    }
}

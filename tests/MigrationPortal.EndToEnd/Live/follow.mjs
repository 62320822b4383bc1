// Follows a batch over /hubs/progress as a program would, drops its connection once, and says whether a number was ever skipped.
//   node follow.mjs BASE BATCH TOKEN
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [, , base, batch, token] = process.argv;
const done = ["Completed", "CompletedWithFindings", "Failed", "Cancelled"];
let seen = 0, gaps = 0, connections = 0, dropped = false;

const follow = () => new Promise((resolve, reject) => {
  const hub = new HubConnectionBuilder().withUrl(`${base}/hubs/progress`, { accessTokenFactory: () => token }).configureLogging(LogLevel.Error).build();
  let last = null;
  const early = [];
  const take = async (change) => {
    if (last === null) { early.push(change); return; }
    if (change.sequence !== last + 1) gaps++;
    last = change.sequence;
    seen++;
    if (!dropped) { dropped = true; await hub.stop(); resolve(false); }
    else if (done.includes(change.run.state)) { await hub.stop(); resolve(true); }
  };
  hub.on("Changed", take);
  hub.start().then(async () => {
    connections++;
    console.log("connected");
    let snapshot;
    while (!(snapshot = await hub.invoke("Watch", batch)));
    last = snapshot.sequence;
    // Over before the first change came: told, not waited for.
    if (done.includes(snapshot.run.state)) { await hub.stop(); resolve(true); return; }
    for (const change of early.splice(0)) await take(change);
  }).catch(reject);
});

while (!(await follow()));
console.log(JSON.stringify({ seen, gaps, connections }));
process.exit(gaps === 0 && seen > 0 && connections > 1 ? 0 : 1);

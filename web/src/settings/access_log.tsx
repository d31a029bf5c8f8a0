//! What happened about access: sign-ins, refusals, second factors, invitations, seeing as others.

import { RecordTable } from "./record_table";

export default function AccessLog() {
  return <RecordTable name="security_event" sort="-at" leaveOut="agent" />;
}

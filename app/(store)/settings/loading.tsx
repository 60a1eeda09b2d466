import { Card } from "@/components/ui/card";
import { FormSkeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Card>
      <FormSkeleton fields={6} />
    </Card>
  );
}

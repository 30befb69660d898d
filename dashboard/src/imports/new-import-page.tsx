import { Paper, Stepper } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { CheckStep } from "./check-step.tsx";
import { type Draft, useDraft } from "./draft.ts";
import { DropFile, TABLE_FILES } from "./drop-file.tsx";
import { MappingStep } from "./mapping-step.tsx";
import { bodyOf } from "./preview-body.ts";
import { importQuery, previewQuery } from "./queries.ts";

const route = getRouteApi("/imports/new");
const ROWS_TRIED = 1_000;

/** From a file to an import: upload, mapping, check, start. Each step has its own address. */
export function NewImportPage() {
  const { t } = useTranslation();
  const { file, step = "map", like } = route.useSearch();
  const navigate = route.useNavigate();
  const active = file === undefined ? 0 : step === "map" ? 1 : 2;
  const before = (
    <TextLink to="/imports" size="sm" c="dimmed">
      ‹ {t("nav.imports")}
    </TextLink>
  );
  return (
    <Page title={t("imports.new")} before={before}>
      <Stepper
        active={active}
        size="xs"
        wrap={false}
        onStepClick={(index) =>
          void navigate({ search: (now) => (index === 0 ? { like } : { ...now, step: index === 1 ? "map" : "check" }) })
        }
      >
        {(["file", "map", "check"] as const).map((name, index) => (
          <Stepper.Step
            key={name}
            label={t(`imports.step.${name}`)}
            allowStepSelect={index < active}
            aria-current={index === active ? "step" : undefined}
          />
        ))}
      </Stepper>
      {file === undefined ? (
        <Paper p="md">
          <DropFile
            about={t("imports.dropText")}
            accept={TABLE_FILES}
            onUploaded={(id) => void navigate({ search: { file: id, like } })}
          />
        </Paper>
      ) : (
        <Mapped key={file} file={file} step={step} like={like} />
      )}
    </Page>
  );
}

interface MappedProps {
  readonly file: string;
  readonly step: "map" | "check";
  readonly like: string | undefined;
}

/** The mapping begins as what is suggested, or as that of an earlier import, and is kept while one works on it. */
function Mapped({ file, step, like }: MappedProps) {
  const navigate = route.useNavigate();
  const [draft, setDraft] = useDraft(file);
  const earlier = useQuery({ ...importQuery(like ?? ""), enabled: like !== undefined && draft === null });
  const begun: Partial<Draft> = draft ?? (like !== undefined && earlier.data ? fromEarlier(earlier.data) : {});
  const preview = useQuery({
    ...previewQuery(bodyOf(file, begun, ROWS_TRIED)),
    enabled: like === undefined || draft !== null || !earlier.isPending,
    placeholderData: (previous) => previous,
  });
  return (
    <QueryView query={preview} height={420}>
      {(data) => {
        const current: Draft = {
          kind: begun.kind ?? data.kind,
          columns: begun.columns ?? data.suggested.columns,
          options: begun.options ?? data.suggested.options,
        };
        return step === "map" ? (
          <MappingStep
            preview={data}
            draft={current}
            onChange={setDraft}
            onNext={() => {
              setDraft(current);
              void navigate({ search: (now) => ({ ...now, step: "check" }) });
            }}
          />
        ) : (
          <CheckStep file={file} draft={current} />
        );
      }}
    </QueryView>
  );
}

function fromEarlier({ kind, columns, options }: Draft): Draft {
  const { encoding: _encoding, delimiter: _delimiter, ...rest } = options;
  return { kind, columns, options: rest };
}

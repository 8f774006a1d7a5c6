import { appwares } from "../../schema/catalogue.ts";
import { softwareAkey } from "./software-akey.sql.ts";

/** A record of the catalogue, and the software that it leads to. Times are ISO 8601. */
export type AppWare = {
  id: number;
  name: string;
  remark: string | null;
  sort_order: number;
  status: number;
  is_active: boolean;
  view_count: number;
  created_at: string;
  updated_at: string;
  is_deleted: boolean;
  version: number;
  software_akey: string | null;
};

/** The columns that are read to show a record. */
export const appwareColumns = {
  id: appwares.id,
  name: appwares.name,
  remark: appwares.remark,
  sort_order: appwares.sortOrder,
  status: appwares.status,
  is_active: appwares.isActive,
  view_count: appwares.viewCount,
  created_at: appwares.createdAt,
  updated_at: appwares.updatedAt,
  is_deleted: appwares.isDeleted,
  version: appwares.version,
  software_akey: softwareAkey,
};

type Row = Omit<AppWare, "created_at" | "updated_at"> & { created_at: number; updated_at: number };

export function describeAppWare(row: Row): AppWare {
  return {
    ...row,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  };
}

import type { ComponentProps, ReactElement } from "react";
import { ICON_SPRITE } from "./icon-sprite";

/** An icon of Lucide (lucide.dev), by the name that it has there. Its size and stroke are those of `.lucide`. */
export type Icon = (props: ComponentProps<"svg">) => ReactElement;

/**
 * Our icons, drawn once in a file that the browser keeps (`scripts/icons.ts`). The components of lucide-react would send
 * each drawing along with each page, twice: as markup and for hydration; that was a third of the work of a page.
 * Hidden from screen readers unless it has a name.
 */
function icon(id: string): Icon {
  return function LucideIcon({ className, ...rest }) {
    return (
      <svg
        aria-hidden={rest["aria-label"] ? undefined : true}
        {...rest}
        className={className ? `lucide ${className}` : "lucide"}
      >
        <use href={`${ICON_SPRITE}#${id}`} />
      </svg>
    );
  };
}

export const Archive = /* @__PURE__ */ icon("archive");
export const ArchiveRestore = /* @__PURE__ */ icon("archive-restore");
export const ArrowDown = /* @__PURE__ */ icon("arrow-down");
export const ArrowDownToLine = /* @__PURE__ */ icon("arrow-down-to-line");
export const ArrowLeft = /* @__PURE__ */ icon("arrow-left");
export const ArrowLeftRight = /* @__PURE__ */ icon("arrow-left-right");
export const ArrowRight = /* @__PURE__ */ icon("arrow-right");
export const ArrowUp = /* @__PURE__ */ icon("arrow-up");
export const ArrowUpFromLine = /* @__PURE__ */ icon("arrow-up-from-line");
export const Ban = /* @__PURE__ */ icon("ban");
export const Banknote = /* @__PURE__ */ icon("banknote");
export const BookOpen = /* @__PURE__ */ icon("book-open");
export const Bookmark = /* @__PURE__ */ icon("bookmark");
export const Boxes = /* @__PURE__ */ icon("boxes");
export const Building2 = /* @__PURE__ */ icon("building-2");
export const CalendarCheck = /* @__PURE__ */ icon("calendar-check");
export const CalendarRange = /* @__PURE__ */ icon("calendar-range");
export const CalendarSync = /* @__PURE__ */ icon("calendar-sync");
export const ChartNoAxesCombined = /* @__PURE__ */ icon("chart-no-axes-combined");
export const Check = /* @__PURE__ */ icon("check");
export const ChevronDown = /* @__PURE__ */ icon("chevron-down");
export const ChevronRight = /* @__PURE__ */ icon("chevron-right");
export const ChevronsUpDown = /* @__PURE__ */ icon("chevrons-up-down");
export const CircleAlert = /* @__PURE__ */ icon("circle-alert");
export const CircleCheck = /* @__PURE__ */ icon("circle-check");
export const CircleDollarSign = /* @__PURE__ */ icon("circle-dollar-sign");
export const ClipboardList = /* @__PURE__ */ icon("clipboard-list");
export const Clock = /* @__PURE__ */ icon("clock");
export const Columns3 = /* @__PURE__ */ icon("columns-3");
export const Copy = /* @__PURE__ */ icon("copy");
export const CornerDownLeft = /* @__PURE__ */ icon("corner-down-left");
export const CreditCard = /* @__PURE__ */ icon("credit-card");
export const Delete = /* @__PURE__ */ icon("delete");
export const Dices = /* @__PURE__ */ icon("dices");
export const Download = /* @__PURE__ */ icon("download");
export const Ellipsis = /* @__PURE__ */ icon("ellipsis");
export const Eye = /* @__PURE__ */ icon("eye");
export const EyeOff = /* @__PURE__ */ icon("eye-off");
export const FileClock = /* @__PURE__ */ icon("file-clock");
export const FileText = /* @__PURE__ */ icon("file-text");
export const FlaskConical = /* @__PURE__ */ icon("flask-conical");
export const Glasses = /* @__PURE__ */ icon("glasses");
export const HeartPulse = /* @__PURE__ */ icon("heart-pulse");
export const History = /* @__PURE__ */ icon("history");
export const House = /* @__PURE__ */ icon("house");
export const ImagePlus = /* @__PURE__ */ icon("image-plus");
export const Info = /* @__PURE__ */ icon("info");
export const Keyboard = /* @__PURE__ */ icon("keyboard");
export const Languages = /* @__PURE__ */ icon("languages");
export const Lock = /* @__PURE__ */ icon("lock");
export const LogIn = /* @__PURE__ */ icon("log-in");
export const LogOut = /* @__PURE__ */ icon("log-out");
export const Mail = /* @__PURE__ */ icon("mail");
export const MapPin = /* @__PURE__ */ icon("map-pin");
export const Menu = /* @__PURE__ */ icon("menu");
export const Minus = /* @__PURE__ */ icon("minus");
export const Monitor = /* @__PURE__ */ icon("monitor");
export const Moon = /* @__PURE__ */ icon("moon");
export const PackageOpen = /* @__PURE__ */ icon("package-open");
export const PackagePlus = /* @__PURE__ */ icon("package-plus");
export const PanelLeft = /* @__PURE__ */ icon("panel-left");
export const PauseCircle = /* @__PURE__ */ icon("pause-circle");
export const Pencil = /* @__PURE__ */ icon("pencil");
export const PlugZap = /* @__PURE__ */ icon("plug-zap");
export const Plus = /* @__PURE__ */ icon("plus");
export const Printer = /* @__PURE__ */ icon("printer");
export const Receipt = /* @__PURE__ */ icon("receipt");
export const RotateCcw = /* @__PURE__ */ icon("rotate-ccw");
export const Save = /* @__PURE__ */ icon("save");
export const Scale = /* @__PURE__ */ icon("scale");
export const ScanBarcode = /* @__PURE__ */ icon("scan-barcode");
export const Search = /* @__PURE__ */ icon("search");
export const SearchX = /* @__PURE__ */ icon("search-x");
export const Send = /* @__PURE__ */ icon("send");
export const Settings = /* @__PURE__ */ icon("settings");
export const Settings2 = /* @__PURE__ */ icon("settings-2");
export const ShieldCheck = /* @__PURE__ */ icon("shield-check");
export const ShoppingBag = /* @__PURE__ */ icon("shopping-bag");
export const ShoppingBasket = /* @__PURE__ */ icon("shopping-basket");
export const Store = /* @__PURE__ */ icon("store");
export const Sun = /* @__PURE__ */ icon("sun");
export const SunMoon = /* @__PURE__ */ icon("sun-moon");
export const Tag = /* @__PURE__ */ icon("tag");
export const Tags = /* @__PURE__ */ icon("tags");
export const TicketPercent = /* @__PURE__ */ icon("ticket-percent");
export const Trash2 = /* @__PURE__ */ icon("trash-2");
export const TrendingDown = /* @__PURE__ */ icon("trending-down");
export const TrendingUp = /* @__PURE__ */ icon("trending-up");
export const TriangleAlert = /* @__PURE__ */ icon("triangle-alert");
export const Upload = /* @__PURE__ */ icon("upload");
export const UserMinus = /* @__PURE__ */ icon("user-minus");
export const UserPlus = /* @__PURE__ */ icon("user-plus");
export const UserRound = /* @__PURE__ */ icon("user-round");
export const UserX = /* @__PURE__ */ icon("user-x");
export const Users = /* @__PURE__ */ icon("users");
export const Wallet = /* @__PURE__ */ icon("wallet");
export const Webhook = /* @__PURE__ */ icon("webhook");
export const WifiOff = /* @__PURE__ */ icon("wifi-off");
export const Workflow = /* @__PURE__ */ icon("workflow");
export const X = /* @__PURE__ */ icon("x");

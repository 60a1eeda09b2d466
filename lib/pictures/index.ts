export { cleanPicture, type Picture } from "./clean-picture";

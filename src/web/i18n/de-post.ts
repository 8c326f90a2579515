// placeholder until translated
import { enPost } from './en-post.ts'
export const dePost: typeof enPost = enPost
